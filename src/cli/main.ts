import { CompilerFault } from "../fault.ts";
import { runCommandLine } from "./command-line.ts";
import { faultExitCode } from "./failure.ts";
import { processTerminal } from "./terminal.ts";

/** The program `rnnc`: runs the command line of this process. What nobody foresaw is a fault of ours. */
const terminal = processTerminal();
const reportFault = (error: unknown): void => {
  const where = error instanceof CompilerFault ? `in ${error.part}: ${error.broken}` : String(error);
  terminal.err(
    `\nThis is a fault of rnnc itself, not of your program: ${where}.\n` +
      "Please report it with the file and the command that led to it. RNNC_DEBUG=1 shows where it arose.\n",
  );
  if (process.env.RNNC_DEBUG === "1") terminal.err(`\n${error instanceof Error ? error.stack : ""}\n`);
};

process.on("uncaughtException", (error) => {
  reportFault(error);
  process.exit(faultExitCode);
});
runCommandLine(terminal, process.argv.slice(2))
  .catch((error: unknown) => {
    reportFault(error);
    return faultExitCode;
  })
  .then((code) => {
    process.exitCode = code;
  });

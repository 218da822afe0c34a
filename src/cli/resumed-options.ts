import type { Command } from "commander";

/** What a training that goes on takes, by the names of its options: all else it goes on with as it began. */
const taken: ReadonlySet<string> = new Set([
  "resume",
  "steps",
  "epochs",
  "patience",
  "maxTime",
  "saveEvery",
  "dryRun",
  "json",
]);

/** Before a training goes on: whatever was typed that it does not take is refused, all at once. */
export const withResumedOptions = (command: Command): Command =>
  command.hook("preAction", (_, given) => {
    const problem = given.getOptionValue("resume") === undefined ? undefined : notTaken(given);
    if (problem !== undefined) given.error(`error: ${problem}`);
  });

const notTaken = (given: Command): string | undefined => {
  const typed = given.options.filter(
    (option) => given.getOptionValueSource(option.attributeName()) === "cli" && !taken.has(option.attributeName()),
  );
  const refused = [...given.args.map((file) => `the program ${file}`), ...typed.map(({ long }) => String(long))];
  if (refused.length === 0) return undefined;
  const known = given.options.filter((option) => taken.has(option.attributeName()) && option.long !== "--resume");
  return `--resume goes on with a run as it began, and does not take ${refused.join(", ")}: it takes ${known.map(({ long }) => long).join(", ")}`;
};

import { Command, CommanderError, Option } from "commander";
import * as E from "fp-ts/lib/Either.js";
import { storages } from "../module/c/stored.ts";
import { withCheckOptions } from "./check-options.ts";
import { compileTargets, withCompileOptions } from "./compile-to-file-options.ts";
import { withReadingOptions } from "./data-options.ts";
import { withExportOptions } from "./export-options.ts";
import { exitCode, type Failure, usageError } from "./failure.ts";
import { withFlowOptions } from "./flow-options.ts";
import { withGenerateOptions } from "./generate-options.ts";
import { version } from "./generated/own.ts";
import { withHelpExamples } from "./help-examples.ts";
import {
  count,
  inputNames,
  integer,
  json,
  lengths,
  positive,
  renaming,
  withCommonOptions,
  withLoss,
  withMemory,
  withRunnableTarget,
  withSwitches,
  withThreads,
  withWatch,
} from "./options.ts";
import { withOtherNames } from "./other-names.ts";
import { withReportOptions } from "./report-options.ts";
import { withResumedOptions } from "./resumed-options.ts";
import { withShowOptions } from "./show-options.ts";
import { withSweepOptions } from "./sweep-options.ts";
import type { Terminal } from "./terminal.ts";
import { told } from "./told.ts";
import { withOptionsOfTrain } from "./train-options.ts";
import { withVerifyOptions } from "./verify-options.ts";
import { withDialect } from "./weights-options.ts";

type Result = E.Either<Failure, void>;

/** Runs a command line and gives its exit code. */
export const runCommandLine = async (terminal: Terminal, words: ReadonlyArray<string>): Promise<number> => {
  let result: Result = E.right(undefined);
  const doing =
    <A extends Array<unknown>>(load: () => Promise<DoneOn<A>>) =>
    async (...given: A): Promise<void> => {
      result = await (await load())(terminal)(...given);
    };
  try {
    await commands(terminal, doing).parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode(usageError(error.message));
    if (!isRefusal(error)) throw error;
    result = E.left(usageError(error.message));
  }
  return told(terminal, result);
};

/** What a compiled model throws when its data do not fit it. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === "RnncError";

type DoneOn<A extends Array<unknown>> = (terminal: Terminal) => (...given: A) => Result | Promise<Result>;

/** What a command needs is loaded when it is wanted. */
export type Doing = <A extends Array<unknown>>(load: () => Promise<DoneOn<A>>) => (...given: A) => Promise<void>;

/** All commands; `doing` makes of what loads a command what runs it. */
export const commands = (terminal: Terminal, doing: Doing): Command => {
  const program = new Command("rnnc")
    .description("Compiles the recurrence equations of a model to a JavaScript module with exact gradients.")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  withCheckOptions(withSwitches(withCommonOptions(program.command("check <file>"))))
    .description("check a program and sum up what it is")
    .action(doing(async () => (await import("./check.ts")).check));
  program
    .command("init [template] [folder]")
    .description("make a project from a template, or list the templates")
    .option("--link <folder>", "a checkout or folder of rnnc that the project is linked to, where there is no registry")
    .option(...json)
    .action(doing(async () => (await import("./init.ts")).init));
  withCompileOptions(
    withWatch(
      withThreads(withMemory(withSwitches(withCommonOptions(program.command("compile <file>"), compileTargets)))),
    ),
  )
    .description("write the module and, beside it, its types or its header")
    .action(doing(async () => (await import("./compile-to-file.ts")).compileToFile));
  withCommonOptions(program.command("types <file...>"))
    .description("write, beside programs that a bundler imports, the types of their modules")
    .action(doing(async () => (await import("./types.ts")).types));
  withRunnableTarget(withThreads(withLoss(withSwitches(withCommonOptions(program.command("gradcheck <file>"))))))
    .description("compare the gradient with finite differences")
    .option("--times <count>", "how many random cases", count, 3)
    .option("--tolerance <error>", "the greatest relative error that passes", positive, 1e-6)
    .option("--wrt <names>", "inputs whose gradient is checked too, as in x,z", inputNames)
    .action(doing(async () => (await import("./gradcheck.ts")).gradcheck));
  withVerifyOptions(program.command("verify <file>"))
    .description("hold a module of PyTorch of your own against a program: losses and all gradients, side by side")
    .action(doing(async () => (await import("./verify.ts")).verify));
  withShowOptions(withMemory(withSwitches(withCommonOptions(program.command("show <file|run>")))))
    .description(
      "draw a program's circuit, unfolded graph or graphical model; print its equations, adjoint, schedule or code; draw how a run went, and its values",
    )
    .action(doing(async () => (await import("./show.ts")).show));
  withFlowOptions(program.command("flow <file|run>"))
    .description(
      "what flows through time: how states move with earlier states, and the loss with them, as pictures and numbers",
    )
    .action(doing(async () => (await import("./flow.ts")).flow));
  program
    .command("explain [code]")
    .description("explain the code of a message, or list all codes")
    .option(...json)
    .action(doing(async () => (await import("./explain.ts")).explain));
  program
    .command("fmt <file...>")
    .description("format programs in place; `-` from standard input to standard output")
    .option("--check", "write nothing; fail if a file is not formatted", false)
    .option(...json)
    .action(doing(async () => (await import("./fmt.ts")).fmt));
  withRunnableTarget(withResumedOptions(withOptionsOfTrain(program.command("train [file]"))))
    .description("train a model; data are text files, `brown`, or examples")
    .action(doing(async () => (await import("./train.ts")).train));
  withSweepOptions(program.command("sweep <file> [words...]"))
    .description(
      "print a training a line for each combination of settings, words after -- in all; collect what they came to",
    )
    .action(doing(async () => (await import("./sweep.ts")).sweep));
  withGenerateOptions(program.command("generate <run>"))
    .description("draw from a trained run: text, or what it makes of the inputs of examples")
    .action(doing(async () => (await import("./generate-from-run.ts")).generateFromRun));
  withReadingOptions(program.command("eval <run>"))
    .description(
      "measure a trained run on its held-out data, or on other data: each target in its own words, beside baselines",
    )
    .option("--data <file...>", "measure on these files instead")
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .addOption(
      new Option("--weights <kind>", "as they are kept in C: plain, f16 or int8").choices(Object.keys(storages)),
    )
    .option("--season <count>", "after how many rows series repeat themselves (default: found by itself)", count)
    .option("--seed <integer>", "what the draws of examples for intervals start from", integer, 1)
    .option("--plot <name>", "draw the values of an output too, or of any variable, over its one or two axes")
    .option("--example <number>", "plot: which example, from 1 (default: 1)", count)
    .option("--length <T=60>", "plot, of a text: how much of it", lengths("T=60"), {})
    .option("-o, --output <path>", "plot: write it to a file (.svg, .png, .txt, .json) instead of below the measures")
    .option(...json)
    .action(doing(async () => (await import("./evaluate-run.ts")).evaluateRun));
  withReadingOptions(program.command("predict <run>"))
    .description(
      "print what a trained run makes of examples: each with the outputs of the model and what is expected of its targets",
    )
    .requiredOption("--data <file...>", "files of examples, as in training; `-` is standard input")
    .option("--outputs <names>", "these outputs alone, as in p,a", inputNames)
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .option("-o, --out <file>", "write them to a file: a table as .csv or .tsv, else lines of JSON")
    .option("--json", "lines of JSON, which is what is printed anyway", false)
    .action(doing(async () => (await import("./predict.ts")).predictFromRun));
  withReportOptions(program.command("report <run>"))
    .description(
      "write a page of a run: how it trained, how well it does, what it predicts, its equations, and what it takes to repeat it",
    )
    .action(doing(async () => (await import("./report-run.ts")).reportRun));
  withExportOptions(program.command("export <file|run>"))
    .description(
      "write a trained run as a module that stands by itself and speaks the terms of its data, and its types; with --to, a run or a program for another world",
    )
    .action(doing(async () => (await import("./export-run.ts")).exportRun));
  const weights = program.command("weights").description("show, take out and put in the weights of a run");
  weights
    .command("show <run>")
    .description("each weight of a run, or of a file in .safetensors or .onnx, with its shape, type and range")
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .option(...json)
    .action(doing(async () => (await import("./weights.ts")).showWeights));
  withDialect(weights.command("export <run>"))
    .description("write the weights of a run as .safetensors")
    .requiredOption("-o, --out <file>", "the file to write")
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .option(...json)
    .action(doing(async () => (await import("./weights.ts")).exportWeights));
  withDialect(weights.command("import <run>"))
    .description("put weights into a run: each must be there, in its shape")
    .requiredOption("--from <file>", "a file in .safetensors or .onnx")
    .option("--map <old=new>", "a name in the file, and the weight that it is (repeatable)", renaming, {})
    .option(...json)
    .action(doing(async () => (await import("./weights.ts")).importWeights));
  program.command("demo", { hidden: true }).action(doing(async () => (await import("./demo.ts")).demo));
  return withOtherNames(withHelpExamples(program));
};

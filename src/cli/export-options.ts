import { type Command, InvalidArgumentError, Option } from "commander";
import { type Storage, storages } from "../module/c/stored.ts";
import { ExportName, exportNames } from "../module/exports.ts";
import { type CompileToFileOptions, compileTargets } from "./compile-to-file-options.ts";
import { integer, json, type Statics, withFreeze, withLoss, withProgramOptions } from "./options.ts";

export interface ExportOptions {
  readonly output: string;
  readonly target?: keyof typeof compileTargets;
  readonly weights?: Storage;
  readonly readable: boolean;
  readonly last: boolean;
  readonly json: boolean;
  readonly exports?: ReadonlyArray<RunExport>;
  readonly to?: World;
  readonly set: Statics;
  readonly model?: string;
  readonly loss?: NonNullable<CompileToFileOptions["loss"]>;
  readonly freeze?: ReadonlyArray<string>;
  /** Of a program that goes with weights: the type of numbers, and what they are drawn from. */
  readonly precision?: "f32" | "f64";
  readonly seed?: number;
  /** Whether sequences go on from call to call. */
  readonly states: boolean;
  /** Whether targets are generated, and not given. */
  readonly generate: boolean;
  /** Whether a script that trains stands beside the module. */
  readonly trainer: boolean;
}

/** Where a model may go besides JavaScript. */
export const worldNames = ["pytorch", "onnx"] as const;
export type World = (typeof worldNames)[number];

/** A function of the module of a run: of the compiled model, or in the terms of the data. */
export type RunExport = Exclude<ExportName, "trainer"> | "predict";

const isRunExport = (name: string): name is RunExport =>
  name === "predict" || (ExportName.is(name) && name !== "trainer");

/** Those in the terms of the data first. `generate` takes the place of the compiled one. */
export const runExports: ReadonlyArray<RunExport> = ["predict", "generate" as const, ...exportNames].filter(
  (name, i, all): name is RunExport => isRunExport(name) && all.indexOf(name) === i,
);

export const withExportOptions = (command: Command): Command =>
  withLoss(withFreeze(withProgramOptions(command)))
    .requiredOption(
      "-o, --output <path>",
      "where the module goes, ending in .js or .mjs; with --to pytorch, in .py, with --to onnx, in .onnx, with --target c, in .c",
    )
    .addOption(new Option("--to <world>", "not as a module of JavaScript; of a program too").choices(worldNames))
    .addOption(new Option("--precision <type>", "--to onnx, of a program: the type of numbers").choices(["f32", "f64"]))
    .option("--seed <integer>", "--to onnx, of a program: what its weights are drawn from (default: 1)", integer)
    .option("--states", "--to onnx: ask for initial states and give out the last ones, so that sequences go on", false)
    .option("--generate", "--to onnx: what is most probable in the place of targets, until their end", false)
    .option("--trainer", "--to pytorch: train.py beside it trains it, on one machine or many", false)
    .addOption(
      new Option("--target <code>", "other code than the run was trained by").choices(Object.keys(compileTargets)),
    )
    .addOption(
      new Option("--weights <kind>", "how C keeps the weights, with a scale a row: plain, f16 or int8").choices(
        Object.keys(storages),
      ),
    )
    .option("--exports <names>", "the functions that the module has, as in predict,step (default: all)", wanted)
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .option("--readable", "as the compiler prints it, not minified", false)
    .option(...json);

const wanted = (text: string): ReadonlyArray<RunExport> =>
  text.split(",").map((word) => {
    const name = word.trim();
    if (!isRunExport(name)) throw new InvalidArgumentError(`The functions are ${runExports.join(", ")}.`);
    return name;
  });

import { type Command, InvalidArgumentError, Option } from "commander";
import type { CompileOptions } from "../compile.ts";
import { targets } from "../emit/targets.ts";
import { ExportName, exportNames } from "../module/exports.ts";
import { optimiserRules } from "../transform/training-step.ts";
import { type CommonOptions, inputNames, withFreeze, withLoss } from "./options.ts";

/** What a program can be compiled to: a module that something here runs, or C for whoever includes it. */
export const compileTargets = { ...targets, c: "C and its header, for any program" } as const;

export interface CompileToFileOptions extends Omit<CommonOptions, "target"> {
  readonly target?: keyof typeof compileTargets;
  readonly output: string;
  readonly readable?: boolean;
  readonly watch?: boolean;
  readonly optimiser?: NonNullable<CompileOptions["optimiser"]>;
  readonly wrt?: ReadonlyArray<string>;
  readonly freeze?: ReadonlyArray<string>;
  readonly loss?: NonNullable<CompileOptions["loss"]>;
  readonly exports?: ReadonlyArray<ExportName>;
}

export const withCompileOptions = (command: Command): Command =>
  withFreeze(withLoss(command))
    .requiredOption("-o, --output <path>", "where the module goes, ending in .js or .mjs; of the target c, in .c")
    .option("--readable", "as the compiler prints it, not minified, and with names for profiles", false)
    .addOption(new Option("--optimiser <name>", "the module also trains in place").choices(Object.keys(optimiserRules)))
    .option("--wrt <names>", "inputs whose gradient is wanted too, as in x,z", inputNames)
    .option("--exports <names>", "the functions that the module has, as in init,pack,gradient (default: all)", wanted);

const wanted = (text: string): ReadonlyArray<ExportName> =>
  text.split(",").map((word) => {
    const name = word.trim();
    if (!ExportName.is(name)) throw new InvalidArgumentError(`The functions are ${exportNames.join(", ")}.`);
    return name;
  });

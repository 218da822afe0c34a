import { type Command, InvalidArgumentError } from "commander";
import type { LossScale } from "../transform/batch-loss.ts";
import type { Layering } from "../weights/dialects/assign.ts";
import { count, duration, integer, json, positive, type Statics, withLoss, withProgramOptions } from "./options.ts";
import { layer } from "./weights-options.ts";

export interface VerifyOptions {
  readonly against: string;
  readonly class?: string;
  readonly set: Statics;
  readonly model?: string;
  /** By the name of an argument of the constructor, a number, a word, or the name of a static parameter. */
  readonly arg: Readonly<Record<string, string>>;
  /** By the path of a parameter, the tensors that it is the sum of. */
  readonly map: Readonly<Record<string, string>>;
  readonly layer: Layering;
  readonly sameLength: boolean;
  readonly times: number;
  readonly longest: number;
  /** 1: no sequence is empty. */
  readonly shortest: number;
  /** In seconds. */
  readonly timeLimit: number;
  readonly tolerance: number;
  readonly loss?: LossScale;
  readonly seed: number;
  readonly json: boolean;
}

export const withVerifyOptions = (command: Command): Command =>
  withLoss(withProgramOptions(command))
    .requiredOption("--against <model.py>", "the file of PyTorch that it is held against")
    .option("--class <name>", "the module of the file, if it has several")
    .option(
      "--arg <name=value>",
      "an argument of its constructor: a value, or a static parameter (repeatable)",
      given,
      {},
    )
    .option(
      "--map <path=name>",
      "a parameter of the model, and the tensor that it is: name, name.T, name[0:n], name[:,0:n], name[1/4], or a sum of these (repeatable)",
      given,
      {},
    )
    .option(
      "--layer <name=path>",
      "a recurrent layer of the module, and the cell of the model that it is (repeatable)",
      layer,
      {},
    )
    .option("--same-length", "examples of one batch are equally long", false)
    .option("--times <count>", "how many random cases", count, 10)
    .option("--longest <count>", "the greatest length, in every second case", count, 25)
    .option("--shortest <count>", "the least length: 0, or 1 for no empty sequence", shortest, 0)
    .option(
      "--time-limit <time>",
      "how long the file may take for one case, as in 90s or 5m (default: 1m)",
      duration,
      60,
    )
    .option("--tolerance <error>", "the greatest relative error that passes", positive, 1e-8)
    .option("--seed <integer>", "what random numbers start from", integer, 1)
    .option(...json);

/** `h.W=lstm.weight_hh_l0.T`, added to those before it. */
const given = (text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("I expected something like name=value.");
  return { ...before, [name.trim()]: value.trim() };
};

const shortest = (text: string): number => {
  if (text !== "0" && text !== "1") throw new InvalidArgumentError("It is 0 or 1.");
  return Number(text);
};

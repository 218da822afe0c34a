import { type Command, Option } from "commander";
import { decayNames, type Schedule, usualPlateau } from "../train/schedule.ts";
import type { WeightDecayOf } from "../train/settings.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import { type OptimiserName, optimiserRules } from "../transform/training-step.ts";
import { type DataOptions, formatsTold, withDataOptions } from "./data-options.ts";
import {
  type CommonOptions,
  count,
  duration,
  integer,
  positive,
  share,
  withCommonOptions,
  withFreeze,
  withLoss,
  withMemory,
  withSwitches,
  withThreads,
} from "./options.ts";

export interface TrainOptions extends CommonOptions, DataOptions {
  readonly data?: ReadonlyArray<string>;
  readonly run?: string;
  readonly resume?: string;
  readonly init?: string;
  readonly steps?: number;
  readonly epochs?: number;
  readonly accumulate?: number;
  readonly evaluateEvery?: number;
  readonly patience?: number;
  readonly overfit?: number;
  /** In seconds. */
  readonly maxTime?: number;
  readonly dryRun: boolean;
  readonly decayFactor: number;
  readonly decayPatience: number;
  readonly optimiser: OptimiserName;
  readonly freeze?: ReadonlyArray<string>;
  readonly loss?: LossScale;
  readonly weightDecayOf?: WeightDecayOf;
  readonly rate: number;
  readonly decay: Schedule["decay"];
  readonly warmup: number;
  readonly clip: number;
  readonly clipValue?: number;
  readonly streams: number;
  /** Of texts 64 by default; of examples, no window. */
  readonly window?: number;
  readonly holdOut: number;
  readonly saveEvery: number;
}

export const noData = "I need --data and the files to train on";

/** All that `rnnc train` takes. */
export const withOptionsOfTrain = (command: Command): Command =>
  withTrainingOptions(withThreads(withMemory(withSwitches(withCommonOptions(command)))));

const withTrainingOptions = (command: Command): Command =>
  withDataOptions(withFreeze(withLoss(command, "per predicted value")))
    .option("--data <file...>", `text files, \`brown\` (the Brown corpus), or files of examples (${formatsTold})`)
    .option("--run <folder>", "where the run is saved (default: runs/ and the file's name)")
    .option("--resume <folder>", "go on with a saved run, to the same bits as if it had never stopped")
    .addOption(
      new Option(
        "--init <run>",
        "begin with the weights of a run, and its words and scales, or with those of a file in .safetensors: all that have a parameter's name and shape",
      ).conflicts("resume"),
    )
    .option("--steps <count>", "how many steps in all (default: 1000)", count)
    .option("--epochs <count>", "how often all data are gone through, in place of --steps", count)
    .option("--accumulate <count>", "how many batches a step adds up, as if they were one", count)
    .option(
      "--evaluate-every <count>",
      "steps between evaluations on what is held out (default: an epoch of examples; of text as between saves)",
      count,
    )
    .option("--patience <count>", "stop after so many evaluations in a row without a lower loss", count)
    .option("--max-time <time>", "save and stop after a time, as in 90s, 5m or 1h", duration)
    .option(
      "--overfit <count>",
      "train on the first examples alone, and measure on them: a model must learn them",
      count,
    )
    .option("--dry-run", "read, check, compile and time a step, and save nothing", false)
    .addOption(new Option("--optimiser <name>").choices(Object.keys(optimiserRules)).default("adam"))
    .addOption(
      new Option(
        "--weight-decay-of <what>",
        "what adamw shrinks: all parameters, or matrices alone, not biases",
      ).choices(["all", "matrices"] satisfies ReadonlyArray<WeightDecayOf>),
    )
    .option("--rate <number>", "the learning rate", positive, 0.003)
    .addOption(new Option("--decay <kind>", "of the learning rate").choices(decayNames).default("linear"))
    .option("--decay-factor <share>", "what the rate is multiplied by on a plateau", share, usualPlateau.factor)
    .option(
      "--decay-patience <count>",
      "after how many evaluations without a lower loss there is a plateau",
      count,
      usualPlateau.evaluations,
    )
    .option("--warmup <count>", "steps in which the learning rate climbs", integer, 20)
    .option("--clip <norm>", "the greatest norm of a gradient", positive, 1)
    .option(
      "--clip-value <size>",
      "the greatest size of an element of a gradient, once it is clipped by norm",
      positive,
    )
    .option("--streams <count>", "how many streams or examples a batch holds", count, 32)
    .option(
      "--window <count>",
      "how many characters of a text backpropagation reaches back over (default: 64); how many rows of a series an example has",
      count,
    )
    .option("--hold-out <count>", "hold out one document or example in so many", count, 10)
    .option("--save-every <count>", "steps between saves", count, 200);

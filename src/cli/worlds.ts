import { basename, dirname, join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type { Compiled } from "../compile.ts";
import type { Facts } from "../data/served/facts.ts";
import { onnxOf, recurrencesIn, type Unexported } from "../export/onnx/export-model.ts";
import { classNameOf, pytorchText } from "../export/pytorch/module.ts";
import { trainerName, trainerText } from "../export/pytorch/trainer.ts";
import { bytesOfModel } from "../onnx/encode.ts";
import type { Params } from "../runtime/interface.ts";
import { vocabulariesOf } from "../train/facts.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import { encodeSafetensors, type Safetensors } from "../weights/safetensors.ts";
import { markedWeights, trainerInTheWay, weightsInTheWay } from "./beside-module.ts";
import type { ExportOptions, World } from "./export-options.ts";
import { type Failure, usageError } from "./failure.ts";

/** What is exported: a model, of a run with its weights, of a program with those that a seed draws. */
export interface Exported {
  readonly compiled: Compiled;
  readonly loss: LossScale;
  readonly params: () => Params;
  /** Of a run its weights, and what its data are called. */
  readonly weights?: Safetensors;
  readonly facts?: Facts;
  readonly sourceOf: (file: string) => string | undefined;
}

/** Files of a world beside each other, a word on how they are used, and what else is told as JSON. */
interface Written {
  readonly files: ReadonlyArray<readonly [path: string, content: string | Uint8Array]>;
  readonly hint: string;
  readonly told?: Readonly<Record<string, unknown>>;
}

type Writer = (of: Exported, options: ExportOptions) => E.Either<Failure, Written>;

interface WorldFiles {
  readonly ending: string;
  /** In which programs are compiled, unless another one is asked for. */
  readonly precision: "f32" | "f64";
  /** Options that mean nothing there. */
  readonly ignored: ReadonlyArray<string>;
  readonly written: Writer;
}

const toPytorch: Writer = ({ compiled: { elaborated: model, model: info }, loss, weights, sourceOf }, options) => {
  const { output, trainer } = options;
  const name = classNameOf(model.name);
  const beside = output.replace(/\.py$/i, ".safetensors");
  const script = join(dirname(output), trainerName);
  if (trainer && !info.hasLoss) return E.left(usageError(`${model.name} has no loss, so there is nothing to train`));
  if (trainer && basename(output).toLowerCase() === trainerName)
    return E.left(usageError(`--trainer writes ${script} beside the module: give the module another name`));
  const inTheWay = [
    ...(trainer ? trainerInTheWay(script) : []),
    ...(weights === undefined ? [] : weightsInTheWay(beside, output)),
  ];
  if (inTheWay.length > 0) return E.left(usageError(inTheWay.join("\n")));
  return E.right({
    files: [
      [output, pytorchText(model, { loss, sourceOf })],
      ...(weights === undefined ? [] : [[beside, encodeSafetensors(markedWeights(weights))] as const]),
      ...(trainer ? [[script, trainerText(output, name, loss)] as const] : []),
    ],
    hint: `The class is ${name}${weights === undefined ? "" : `; \`model.load("${beside}")\` reads the weights`}.`,
  });
};

const toOnnx: Writer = ({ compiled: { model, elaborated }, params, facts }, { output, states, generate }) => {
  if (states && generate)
    return E.left(usageError("--generate ends its sequences by itself: --states has nothing to go on with"));
  const words = facts === undefined ? {} : vocabulariesOf(facts, model.targets[0]?.name);
  const metadata = Object.entries(words).map(
    ([name, entries]) => [`vocabulary ${name}`, JSON.stringify(entries)] as const,
  );
  const { precision } = model;
  const made = onnxOf(elaborated, { params: params(), precision, metadata, carries: states, draws: generate });
  if (E.isLeft(made)) return E.left(usageError(unexported[made.left](model.name)));
  const recurrences = recurrencesIn(made.right.graph);
  const counts = Object.entries(recurrences).map(([type, count]) => `${count} ${type}`);
  return E.right({
    files: [[output, bytesOfModel(made.right)]],
    hint: counts.length === 0 ? "" : `Its recurrences: ${counts.join(", ")}.`,
    told: { recurrences },
  });
};

const unexported: { readonly [U in Unexported]: (model: string) => string } = {
  "nothing to give": (model) => `${model} has no outputs and no distributions, so there is nothing to export`,
  "nothing to draw": (model) => `${model} has no \`~\`, so there is nothing to --generate`,
  "cannot go on": (model) =>
    `--states hands on what stands one position before, and ${model} looks ahead, further back, at all positions at once, or has states that start with what is computed`,
};

/** By its name, the ending of a world's files, and what of a model is written there. */
export const worlds: { readonly [W in World]: WorldFiles } = {
  pytorch: {
    ending: ".py",
    precision: "f64",
    ignored: ["--precision", "--seed", "--states", "--generate"],
    written: toPytorch,
  },
  onnx: { ending: ".onnx", precision: "f32", ignored: ["--loss", "--freeze", "--trainer"], written: toOnnx },
};

import { type Axis, batchAxis, featuresOf, hasAxis, sortAxes, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { InputSpec, Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { givenName } from "../../circuit/own-names.ts";
import type { Span } from "../../syntax/span.ts";
import type { LossScale } from "../../transform/batch-loss.ts";
import { batchedAxis } from "../../transform/batch.ts";
import { identifierOf } from "../../mangle.ts";
import { printedCircuits } from "./circuits.ts";
import type { Dims } from "./dims.ts";
import { newNames } from "./names.ts";
import { parameterPlan } from "./parameters.ts";
import { printCircuit } from "./printer.ts";
import { standingText } from "./standing.ts";
import { supportOf } from "./support.ts";
import { commentText, indented, pythonNumber, pythonString, tupleText } from "./text.ts";

export interface PytorchOptions {
  readonly loss: LossScale;
  /** The text of a file of the program: it stands in comments. */
  readonly sourceOf: (file: string) => string | undefined;
}

/** A model as a module of Python that needs nothing but PyTorch. */
export const pytorchText = (model: Model, { loss, sourceOf }: PytorchOptions): string => {
  const circuits = printedCircuits(model, loss);
  const plan = parameterPlan(model);
  const needed = new Set<string>();
  const needs = (name: string): string => {
    needed.add(name);
    return name;
  };
  const className = classNameOf(model.name);
  const inputs = new Map(model.inputs.map((input) => [input.name, input]));
  const isCounted = (name: string): boolean => {
    const found = inputs.get(name);
    return found !== undefined && (found.symbols !== undefined || found.positions !== undefined);
  };
  const commentOf =
    (circuit: Circuit) =>
    (id: NodeId): string | undefined => {
      const { name, span, op } = nodeAt(circuit, id);
      if (name === undefined || span === undefined || op.tag === "input" || op.tag === "parameter") return undefined;
      return sourceLine(span, sourceOf);
    };
  const parameter = (path: string): string => plan.placed.get(path)!.text;
  const whole = circuits.whole;
  const names = newNames([className]);
  const lengthNames = lengthsOf(model);
  const lengthTexts = new Map(lengthNames.map(({ name }) => [name, names.fresh(`${identifierOf(name)}`)]));
  const printed = printCircuit(
    whole,
    {
      names,
      isCounted,
      needs,
      parameter,
      comment: commentOf(whole),
      length: (name) => (name === "@batch" ? "B" : lengthTexts.get(name)!),
      input: (name, dims) => inputText(name, dims, inputs),
    },
    ({ role }) => role === "output",
  );
  const outputs = whole.outputs.filter(({ role }) => role === "output");
  const lossOutput = whole.outputs.find(({ role }) => role === "loss");
  const told = outputs.map(({ name, node, axes }) => {
    const written = (model.orders?.get(name) ?? axes.filter((axis) => axis.tag === "time")).map(batchedAxis);
    const order: ReadonlyArray<Axis> = [batchAxis, ...written, ...featuresOf(axes)];
    return `${pythonString(name)}: ${printed.result(node, order)},`;
  });
  const lossText = lossOutput === undefined ? undefined : printed.result(lossOutput.node, []);
  const body = [...printed.forward, ...printed.further, ...told, lossText ?? ""].join("\n");
  const preamble = [...headLines(lengthNames, lengthTexts, body + printed.preamble.join("\n")), ...printed.preamble];
  const methods =
    lossText === undefined
      ? [
          "def forward(self, batch):",
          ...indented([...preamble, ...printed.forward, "return {", ...indented(told), "}"]),
        ]
      : [
          "def forward(self, batch):",
          ...indented(['"""The outputs of a batch, by name: [batch, positions…, components…], 0 in padding."""', "return self.terms(batch)[0]"]),
          "",
          "def loss(self, batch):",
          ...indented(['"""The loss of a batch that has the targets."""', "return self.terms(batch, True)[1]"]),
          "",
          "def terms(self, batch, with_loss=False):",
          ...indented([
            ...preamble,
            ...printed.forward,
            "outputs = {",
            ...indented(told),
            "}",
            "if not with_loss:",
            ...indented(["return outputs, None"]),
            ...printed.further,
            `return outputs, ${lossText}`,
          ]),
        ];
  const standing = standingText({ model, plan, needed });
  return [
    `"""${pythonComment(model.name)}: the PyTorch of a model that rnnc compiled. It needs torch (1.13 or newer) and nothing else."""`,
    "import json",
    "import struct",
    "",
    "import torch",
    "from torch import nn",
    "from torch.nn import functional as F",
    "",
    "",
    ...supportOf(needed).flatMap((text) => [text, "", ""]),
    ...standing.functions,
    `class ${className}(nn.Module):`,
    ...indented([
      ...standing.tables,
      "",
      "def __init__(self):",
      ...indented(["super().__init__()", ...plan.lines, "self.reset_parameters()"]),
      "",
      "def reset_parameters(self):",
      ...indented(plan.initial.length === 0 ? ["pass"] : plan.initial),
      "",
      ...methods,
      "",
      ...standing.methods,
    ]),
    "",
  ].join("\n");
};

const pythonComment = (text: string): string => commentText(text).replaceAll("\\", "\\\\").replaceAll('"', "'");

export const classNameOf = (name: string): string => newNames(["Absorbing", "Parameters"]).fresh(identifierOf(name));

/** The line of the source that a name stands at the beginning of. */
const sourceLine = ({ file, start, end }: Span, sourceOf: PytorchOptions["sourceOf"]): string | undefined => {
  const source = sourceOf(file);
  return source === undefined ? undefined : commentText(source.slice(start, end).replaceAll(/\/\/[^\n]*/g, " "));
};

export interface LengthName {
  readonly name: string;
  readonly over: ReadonlyArray<TimeAxis>;
}

/** The run-time lengths of a model, with the axes that each stands over. */
export const lengthsOf = ({ axes }: Pick<Model, "axes">): ReadonlyArray<LengthName> => {
  const found = new Map<string, LengthName>();
  for (const { extent } of axes)
    if (extent.tag === "length" && !found.has(extent.name))
      found.set(extent.name, { name: extent.name, over: extent.over.filter((axis): axis is TimeAxis => axis.tag === "time") });
  return [...found.values()];
};

/** What a method begins with: the numbers that it speaks of, where it does. */
const headLines = (lengths: ReadonlyArray<LengthName>, texts: ReadonlyMap<string, string>, body: string): ReadonlyArray<string> => {
  const speaks = (word: string): boolean => new RegExp(`\\b${word}\\b`).test(body);
  return [
    "dtype, device = self.kind()",
    ...(speaks("number") ? ["number = lambda value: torch.tensor(value, dtype=dtype, device=device)"] : []),
    ...(speaks("whole") ? ["whole = lambda value: torch.tensor(value, device=device)"] : []),
    ...(speaks("truth") ? ["truth = lambda value: torch.tensor(value, device=device)"] : []),
    ...(speaks("full") ? ["full = lambda value, *size: torch.full(size, value, dtype=dtype, device=device)"] : []),
    'B = batch["size"]',
    ...lengths.map(({ name, over }) => `${texts.get(name)!} = batch[${pythonString(name)}]${over.length === 0 ? "" : over.length === 1 ? ".transpose(0, 1)" : `.permute(${[...over.map((_, i) => i + 1), 0].join(", ")})`}`),
  ];
};

/** An input comes with the batch first and its indices as they are written; inside, time stands before the batch. */
const inputText = (name: string, dims: Dims, inputs: ReadonlyMap<string, InputSpec>): string => {
  const target = [...inputs.keys()].find((each) => givenName(each) === name);
  const spec = inputs.get(target ?? name);
  const key = pythonString(target === undefined ? name : `${target}.given`);
  const written: ReadonlyArray<Axis> = [batchAxis, ...(spec?.axes ?? []).map(batchedAxis), ...featuresOf(dims)];
  const order = sortAxes(dims).map((axis) => written.findIndex(({ key }) => key === axis.key));
  const read =
    spec?.role === "noise" ? `self.noise(batch, ${key})` : `batch[${key}]`;
  const moved = order.flatMap((place, i) => (place === i ? [] : [i]));
  if (moved.length === 0) return read;
  return moved.length === 2 ? `${read}.transpose(${moved.join(", ")})` : `${read}.permute(${order.join(", ")})`;
};

export { hasAxis, pythonNumber, tupleText };

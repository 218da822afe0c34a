import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { identifierOf } from "../../mangle.ts";
import type { Span } from "../../syntax/span.ts";
import type { LossScale } from "../../transform/batch-loss.ts";
import { printedCircuits } from "./circuits.ts";
import { givenCalled, methodOfCircuit, type Shared } from "./method.ts";
import { newNames } from "./names.ts";
import { parameterPlan } from "./parameters.ts";
import { standingText } from "./standing.ts";
import { streamMethods } from "./stream.ts";
import { supportOf, supportTexts } from "./support.ts";
import { commentText, indented, pythonString } from "./text.ts";

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
  const shared: Shared = {
    model,
    className: classNameOf(model.name),
    parameter: (path) => plan.placed.get(path)!.text,
    needs: (name) => {
      needed.add(name);
      return name;
    },
    told: (circuit, id) => toldBy(circuit, id, sourceOf),
  };
  const methods = wholeMethods(shared, circuits.whole);
  const streaming = circuits.stream === undefined ? [] : streamMethods(shared, circuits.stream);
  const standing = standingText(model, plan);
  return [
    `"""${commentText(model.name).replaceAll(/["\\]/g, "")}: the PyTorch of a model that rnnc compiled. It needs torch (1.13 or newer) and nothing else."""`,
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
    `class ${shared.className}(nn.Module):`,
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
      ...streaming,
      ...(streaming.length === 0 ? [] : [""]),
      ...standing.methods,
    ]),
    "",
  ].join("\n");
};

/** `forward` gives the outputs, `loss` what is minimized; what both need is printed once. */
const wholeMethods = (shared: Shared, circuit: Circuit): ReadonlyArray<string> => {
  const method = methodOfCircuit(shared, circuit, { lengths: "batch", inputs: "batch", carried: () => undefined, called: givenCalled }, ({ role }) => role === "output");
  const outputs = circuit.outputs.filter(({ role }) => role === "output").map((output) => `${pythonString(output.name)}: ${method.told(output)},`);
  const loss = circuit.outputs.find(({ role }) => role === "loss");
  const about = '"""The outputs of a batch, by name: [batch, positions…, components…], 0 in padding."""';
  if (loss === undefined) {
    const lines = [...method.forward, "return {", ...indented(outputs), "}"];
    return ["def forward(self, batch):", ...indented([about, ...method.head(lines), ...lines])];
  }
  const result = method.result(loss.node, []);
  const lines = [
    ...method.forward,
    "outputs = {",
    ...indented(outputs),
    "}",
    "if not with_loss:",
    ...indented(["return outputs, None"]),
    ...method.further,
    `return outputs, ${result}`,
  ];
  return [
    "def forward(self, batch):",
    ...indented([about, "return self.terms(batch)[0]"]),
    "",
    "def loss(self, batch):",
    ...indented(['"""The loss of a batch that has the targets."""', "return self.terms(batch, True)[1]"]),
    "",
    "def terms(self, batch, with_loss=False):",
    ...indented([...method.head(lines), ...lines]),
  ];
};

export const classNameOf = (name: string): string =>
  newNames(["Absorbing", "Product", ...Object.keys(supportTexts)]).fresh(identifierOf(name));

/** The source of an equation: from where its name stands, as one line. */
const toldBy = (circuit: Circuit, id: NodeId, sourceOf: PytorchOptions["sourceOf"]): string | undefined => {
  const { name, span } = nodeAt(circuit, id);
  return name === undefined || span === undefined ? undefined : sourceLine(span, sourceOf);
};

const sourceLine = ({ file, start, end }: Span, sourceOf: PytorchOptions["sourceOf"]): string | undefined => {
  const source = sourceOf(file);
  return source === undefined ? undefined : commentText(source.slice(start, end).replaceAll(/\/\/[^\n]*/g, " "));
};

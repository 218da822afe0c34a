import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { InputSpec, Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { identifierOf } from "../../mangle.ts";
import type { Span } from "../../syntax/span.ts";
import type { LossScale } from "../../transform/batch-loss.ts";
import { cellClass } from "./cells.ts";
import { printedCircuits } from "./circuits.ts";
import { givenCalled, methodOfCircuit, type Places, type Shared } from "./method.ts";
import { newNames } from "./names.ts";
import { parameterPlan } from "./parameters.ts";
import { standingNames, standingText } from "./standing.ts";
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
  const places = parameterPlan(model);
  const needed = new Set<string>();
  const cells = newCells(model, classNameOf(model.name));
  const shared: Shared = {
    model,
    className: classNameOf(model.name),
    parameter: (path) => places.placed.get(path)!.text,
    needs: (name) => {
      needed.add(name);
      return name;
    },
    cells: [...places.containers]
      .filter(([path]) => model.cells?.has(path) === true)
      .map(([path, text]) => ({ path, text }))
      .reverse(),
    keep: cells.keep,
    told: (circuit, id) => toldBy(circuit, id, sourceOf),
  };
  const methods = [
    ...wholeMethods(shared, circuits.whole, loss),
    ...(circuits.count === undefined ? [] : ["", ...countMethod(shared, circuits.count)]),
  ];
  const streaming = circuits.stream === undefined ? [] : streamMethods(shared, circuits.stream);
  const { classes, classOf } = cells.finished();
  const plan = parameterPlan(model, classOf);
  const standing = standingText(model, plan);
  return [
    `"""${commentText(model.name).replaceAll(/["\\]/g, "")}: the PyTorch of a model that rnnc compiled. It needs torch (1.13 or newer) and nothing else."""`,
    "import json",
    "import math",
    "import struct",
    "",
    "import torch",
    "from torch import nn",
    "from torch.nn import functional as F",
    "",
    "",
    ...supportOf(needed).flatMap((text) => [text, "", ""]),
    ...standing.functions,
    ...(streaming.some((line) => line.startsWith("def generate(")) ? standing.drawing : []),
    ...classes.flatMap((text) => [text, "", ""]),
    `class ${shared.className}(nn.Module):`,
    ...indented([
      ...standing.tables,
      "",
      "def __init__(self):",
      ...indented([
        "super().__init__()",
        ...(plan.placed.size === 0 ? ['self.register_buffer("_numbers", torch.zeros(0), persistent=False)'] : []),
        ...plan.lines,
        "self.reset_parameters()",
      ]),
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

/** The classes of cells, as their methods come: cells of the same text are of one class. */
const newCells = (model: Model, className: string) => {
  const methods = new Map<
    string,
    Array<readonly [name: string, given: ReadonlyArray<string>, body: ReadonlyArray<string>]>
  >();
  return {
    keep: (cell: string, given: ReadonlyArray<string>, body: ReadonlyArray<string>): string => {
      const known = methods.get(cell) ?? [];
      methods.set(cell, known);
      const text = [...given, ...body].join("\n");
      const found = known.find(([, others, lines]) => [...others, ...lines].join("\n") === text);
      if (found !== undefined) return found[0];
      const name = known.length === 0 ? "forward" : known.length === 1 ? "step" : `step_${known.length}`;
      known.push([name, given, body]);
      return name;
    },
    finished: () => {
      const names = newNames([className, "Absorbing", "Product", ...Object.keys(supportTexts), ...standingNames]);
      const alike = new Map<string, ReadonlyArray<string>>();
      for (const [path, own] of methods) {
        const { name } = model.cells!.get(path)!;
        const key = `${name}\n${own.map(([, given, body]) => withoutNames(given, body)).join("\n\n")}`;
        alike.set(key, [...(alike.get(key) ?? []), path]);
      }
      const byPath = new Map<string, string>();
      const classes = [...alike.values()].map((paths) => {
        const { name } = model.cells!.get(paths[0]!)!;
        const isBackward = paths.every((path) => model.cells!.get(path)!.isBackward);
        const about = `${commentText(name).replaceAll(/["\\]/g, "")}${isBackward ? ", from the end" : ""}, one step at a time.`;
        const chosen = names.fresh(identifierOf(name));
        for (const path of paths) byPath.set(path, chosen);
        return cellClass(chosen, about, methods.get(paths[0]!)!);
      });
      return { classes, classOf: (path: string) => byPath.get(path) };
    },
  };
};

/** A method whatever is called in it what it is given and what it makes: cells that differ in nothing else are of one class. */
const withoutNames = (given: ReadonlyArray<string>, body: ReadonlyArray<string>): string => {
  const lines = body.filter((line) => !line.startsWith("#"));
  const own = [...given, ...lines.flatMap((line) => /^(\w+) = /.exec(line)?.[1] ?? [])];
  const places = new Map(own.map((name, i) => [name, `$${i}`]));
  return lines
    .map((line) => line.replaceAll(/(?<![.\w"])[A-Za-z_]\w*/g, (word) => places.get(word) ?? word))
    .join("\n");
};

/** `forward` gives the outputs, `loss` what is minimized; what both need is printed once. */
const wholeMethods = (shared: Shared, circuit: Circuit, scale: LossScale): ReadonlyArray<string> => {
  const method = methodOfCircuit(shared, circuit, ofBatch, ({ role }) => role === "output");
  const outputs = circuit.outputs
    .filter(({ role }) => role === "output")
    .map((output) => `${pythonString(output.name)}: ${method.told(output)},`);
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
    ...indented([
      `"""The loss of a batch that has the targets: ${scales[scale]}."""`,
      ...targetsRead(shared, circuit).flatMap(([name, role]) => [
        `if ${pythonString(name)} not in batch:`,
        `    raise ValueError(${pythonString(`the loss needs the ${role} ${name}, which no example has`)})`,
      ]),
      "return self.terms(batch, True)[1]",
    ]),
    "",
    "def terms(self, batch, with_loss=False):",
    ...indented([...method.head(lines), ...lines]),
  ];
};

const scales: { readonly [S in LossScale]: string } = {
  mean: "its mean over the examples",
  sum: "its sum over the examples",
  perObservation: "for each observed value",
};

/** What only the loss reads, so that examples may lack it: targets and their weights. */
const targetsRead = (
  { model }: Shared,
  { nodes }: Circuit,
): ReadonlyArray<readonly [name: string, role: InputSpec["role"]]> => {
  const read = new Set(nodes.flatMap(({ op }) => (op.tag === "input" ? [op.name] : [])));
  return model.inputs.flatMap(({ name, role, weighs }) =>
    (role === "target" || weighs === true) && read.has(name) ? [[name, role] as const] : [],
  );
};

/** What parts of a batch are weighted by where the loss is one per observed value. */
const countMethod = (shared: Shared, circuit: Circuit): ReadonlyArray<string> => {
  const called = (name: string) => (name === circuit.outputs[0]!.name ? "total" : givenCalled(name));
  const method = methodOfCircuit(shared, circuit, { ...ofBatch, called }, () => true);
  const lines = [...method.forward, ...method.further, `return ${method.result(circuit.outputs[0]!.node, [])}`];
  return [
    "def count(self, batch):",
    ...indented([
      '"""What all observed values of a batch count: by which its loss is divided."""',
      ...method.head(lines),
      ...lines,
    ]),
  ];
};

const ofBatch: Places = { lengths: "batch", inputs: "batch", carried: () => undefined, called: givenCalled };

export const classNameOf = (name: string): string =>
  newNames(["Absorbing", "Product", ...Object.keys(supportTexts), ...standingNames]).fresh(identifierOf(name));

/** The source of an equation: from where its name stands, as one line. */
const toldBy = (circuit: Circuit, id: NodeId, sourceOf: PytorchOptions["sourceOf"]): string | undefined => {
  const { name, span } = nodeAt(circuit, id);
  return name === undefined || span === undefined ? undefined : sourceLine(span, sourceOf);
};

/** The equation that begins there: to the end of the line, or further where that is no end yet. */
const sourceLine = ({ file, start }: Span, sourceOf: PytorchOptions["sourceOf"]): string | undefined => {
  const lines = sourceOf(file)
    ?.slice(start)
    .split("\n", linesOfAnEquation)
    .map((line) => line.replace(/\/\/[\s\S]*$/, "").trim());
  if (lines === undefined) return undefined;
  const isWhole = (text: string): boolean =>
    !/[-+*/=,;@^]$/.test(text) && (text.match(/[[({]/g)?.length ?? 0) <= (text.match(/[\])}]/g)?.length ?? 0);
  const end = lines.findIndex((_, i) => isWhole(lines.slice(0, i + 1).join(" ")));
  return commentText(lines.slice(0, end < 0 ? 1 : end + 1).join(" "));
};

/** What goes over more lines is told by its first. */
const linesOfAnEquation = 6;

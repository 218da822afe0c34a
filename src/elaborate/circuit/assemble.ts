import { type Axis, featureAxis, sortAxes } from "../../circuit/axis.ts";
import { type Builder, newBuilder } from "../../circuit/build.ts";
import type { NodeId, Output } from "../../circuit/circuit.ts";
import type { Model, RandomSpec } from "../../circuit/model.ts";
import type { Diagnostic } from "../../syntax/diagnostic.ts";
import { type Resolved, resolveRead } from "../bounds.ts";
import { lengthLimits } from "../counting.ts";
import { marksIn, readingName } from "../derivatives.ts";
import { computedPositions } from "../positions.ts";
import { readBacks } from "../read-back.ts";
import type { Shapes } from "../shape/infer.ts";
import type { Shape } from "../shape/shape.ts";
import type { System, Term, Variable } from "../system.ts";
import { dimensions, featureAxes, staticSize } from "./algebra.ts";
import { type Handle, withHandles } from "./handles.ts";
import { overAxes } from "./over-axes.ts";
import { likelihoods } from "./random.ts";
import { newReader } from "./read.ts";
import { inputSpecs, parameterSpecs } from "./specs.ts";
import { buildTerm } from "./term.ts";
import { titlesOf } from "./titles.ts";

/**
 * Builds the circuit of a right system; `order` puts every variable after those it needs at the same position, `reached`
 * are those that something needs.
 */
export const assembleModel = (
  system: System,
  shapes: Shapes,
  order: ReadonlyArray<string>,
  reached: ReadonlySet<string>,
  warnings: ReadonlyArray<Diagnostic>,
): Model => {
  const b = newBuilder();
  const nodes = new Map<string, NodeId>();
  const required = new Map<string, Model["required"][number]>();
  const titles = titlesOf(system);
  const axesOf = (variable: Variable): ReadonlyArray<Axis> => [
    ...variable.axes,
    ...featureAxes(shapes.ofVariable(variable.path)),
  ];
  const reader = newReader(
    b,
    (path) => nodes.get(path),
    axesOf,
    (axis, position, least) => {
      const key = JSON.stringify([axis.key, position]);
      const before = required.get(key)?.least ?? 0;
      required.set(key, { axis, position, least: Math.max(before, least) });
    },
  );
  const marks = marksIn(system);
  const read = (resolved: Resolved): NodeId => {
    const node = reader.read(resolved);
    const called = readingName(resolved);
    return marks.readings.has(called) ? b.mark(called, axesRead(shapes, resolved), node) : node;
  };
  const build = (term: Term, axes: ReadonlyArray<Axis> = []): NodeId =>
    buildTerm(b, shapes, (given) => read(resolveRead(system, given)), axes, term);

  for (const path of order) {
    const variable = system.variables.get(path)!;
    const own = buildVariable(b, shapes, variable, build, (other) => nodes.get(other)!);
    const like = marks.variables.get(path);
    const marked = [...variable.axes, ...(like === undefined ? [] : featureAxes(shapes.ofVariable(like)))];
    const node = like === undefined || isLeaf(b, variable, own) ? own : b.mark(path, marked, own);
    const title = titles.get(path);
    nodes.set(path, node);
    if (title !== undefined) nameValue(b, variable.meaning.tag === "parameter" ? own : node, title, variable);
    reader.close();
  }

  const outputs: Output[] = system.outputs.map(({ name, path }) => ({
    role: "output",
    name,
    node: nodes.get(path)!,
    axes: sortAxes(axesOf(system.variables.get(path)!)),
  }));
  const randoms: Array<Omit<RandomSpec, "term" | "weight">> = [];
  const minimized = system.minimized.map((term) => build(term));
  const besides = totalOf(b, minimized);
  const handles: Handle[] = besides === undefined ? [] : [{ tag: "besides", name: "", node: besides }];
  const losses = besides === undefined ? [] : [besides];
  for (const variable of system.variables.values()) {
    const { meaning, path } = variable;
    if (meaning.tag !== "random") continue;
    const given = meaning.arguments.map((term) => ({ node: build(term, variable.axes), shape: shapes.ofTerm(term) }));
    const target = { node: nodes.get(path)!, shape: shapes.ofVariable(path) };
    const { arguments: named, loss } = likelihoods[meaning.family](overAxes(b, variable.axes), target, ...given);
    const weight = meaning.weight === undefined ? undefined : build(meaning.weight, variable.axes);
    const term = weight === undefined ? loss : b.map("times", weight, loss);
    handles.push({ tag: "term", name: path, node: term });
    if (weight !== undefined) handles.push({ tag: "weight", name: path, node: weight });
    losses.push(b.sum(variable.axes, term));
    const distributions = named.map(
      ({ name, value }): Output => ({
        role: "distribution",
        name: `${path}.${name}`,
        node: value.node,
        axes: sortAxes([...variable.axes, ...featureAxes(value.shape)]),
      }),
    );
    outputs.push(...distributions);
    randoms.push(randomSpec(system, reached, variable, meaning.family, distributions));
  }
  const total = totalOf(b, losses);
  if (total !== undefined) outputs.push({ role: "loss", name: "loss", node: total, axes: [] });
  const { circuit, nodeOf } = withHandles(b, outputs, handles);
  const all = nodeOf("besides", "");
  return {
    name: system.name,
    axes: system.axes,
    parameters: parameterSpecs(system, shapes, order),
    inputs: inputSpecs(system, shapes),
    randoms: randoms.map((random) => {
      const weight = nodeOf("weight", random.target);
      return { ...random, term: nodeOf("term", random.target)!, ...(weight === undefined ? {} : { weight }) };
    }),
    minimized: system.minimized.length,
    ...(all === undefined ? {} : { besides: all }),
    required: [...required.values()],
    limits: lengthLimits(system, shapes, order),
    positions: computedPositions(system, order),
    circuit,
    warnings,
  };
};

const totalOf = (b: Builder, terms: ReadonlyArray<NodeId>): NodeId | undefined =>
  terms.length === 0 ? undefined : terms.reduce((sum, term) => b.map("add", sum, term));

/** What is given is known by its name: it is equal to nothing else, and needs no mark. */
const isLeaf = (b: Builder, { meaning }: Variable, id: NodeId): boolean => {
  const { op } = b.node(id);
  return (op.tag === "input" || op.tag === "parameter") && meaning.tag !== "equation" && meaning.tag !== "part";
};

/** All axes that a reading may have. */
const axesRead = (shapes: Shapes, { variable, places }: Resolved): ReadonlyArray<Axis> => [
  ...places.flatMap((place) => (place.tag === "shift" ? [place.axis] : [])),
  ...featureAxes(shapes.ofVariable(variable.path)),
];

/** What is read of a parameter at a position is no variable of its own: the whole of it has the name. */
const nameValue = (b: Builder, node: NodeId, title: string, { meaning, axes, span }: Variable): NodeId =>
  b.name(meaning.tag !== "parameter" || axes.length === 0 ? node : b.node(node).inputs[0]!, title, span);

const buildVariable = (
  b: Builder,
  shapes: Shapes,
  variable: Variable,
  build: (term: Term, axes: ReadonlyArray<Axis>) => NodeId,
  nodeOf: (path: string) => NodeId,
): NodeId => {
  const { meaning, path } = variable;
  switch (meaning.tag) {
    case "input":
    case "noise":
    case "random":
      return asShaped(b, shapes.ofVariable(path), (features) => b.input(path, [...variable.axes, ...features]));
    case "parameter":
      return parameterOver(b, variable, shapes.ofVariable(path));
    case "equation":
      return build(meaning.value, variable.axes);
    case "part": {
      const sizes = meaning.parts.map((part) => dimensions(shapes.ofVariable(part))[0] ?? 1);
      const from = sizes.slice(0, meaning.place).reduce((sum, size) => sum + size, 0);
      const [whole] = featureAxes(shapes.ofVariable(meaning.whole));
      const part = b.slice(whole!, from, sizes[meaning.place]!, nodeOf(meaning.whole));
      // A part that is a number has one component on the slice, and none of its own.
      return featureAxes(shapes.ofVariable(path)).length > 0
        ? part
        : b.sum(
            b.node(part).axes.filter(({ tag }) => tag === "feature"),
            part,
          );
    }
  }
};

/** A tensor whose first slots are the axes that the parameter stands over, the others its components. */
const parameterOver = (b: Builder, { path, axes }: Variable, shape: Shape): NodeId => {
  const own = featureAxes(shape);
  const sizes = [...axes.map(staticSize), ...dimensions(shape)];
  return b.rename(
    [...axes, ...own].map((axis, slot) => [featureAxis(slot, sizes[slot]!), axis] as const),
    b.parameter(path, sizes),
  );
};

/** A leaf's components lie on the slots from 0 on; those of a row are then laid on slot 1. */
const asShaped = (b: Builder, shape: Shape, leaf: (features: ReadonlyArray<Axis>) => NodeId): NodeId => {
  const own = featureAxes(shape);
  const given = own.map(({ size }, slot) => featureAxis(slot, size));
  return b.rename(
    given.map((axis, slot) => [axis, own[slot]!] as const),
    leaf(given),
  );
};

const randomSpec = (
  system: System,
  reached: ReadonlySet<string>,
  variable: Variable,
  family: RandomSpec["family"],
  distributions: ReadonlyArray<Output>,
): Omit<RandomSpec, "term" | "weight"> => {
  const ending = system.endings.find(({ path }) => path === variable.path);
  const until = ending === undefined ? {} : { until: { axis: ending.axis, symbol: ending.symbol } };
  return {
    target: variable.path,
    family,
    arguments: distributions.map(({ name }) => name),
    reads: readBacks(system, reached, variable),
    ...until,
  };
};

import type { Axis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { type Resolved, resolveRead } from "../bounds.ts";
import { marksIn, readingName } from "../derivatives.ts";
import type { Shapes } from "../shape/infer.ts";
import type { System, Term, Variable } from "../system.ts";
import { featureAxes } from "./algebra.ts";
import { newReader } from "./read.ts";
import { buildTerm } from "./term.ts";
import { titlesOf } from "./titles.ts";
import { buildVariable } from "./variable.ts";

/** A system whose variables stand in a circuit, to which more terms of them can be added. */
export interface Built {
  readonly b: Builder;
  readonly system: System;
  readonly shapes: Shapes;
  readonly nodeOf: (path: string) => NodeId;
  readonly build: (term: Term, axes?: ReadonlyArray<Axis>) => NodeId;
  /** The positions that must be there, by all readings so far. */
  readonly required: () => Model["required"];
}

/** Builds every variable after those that it needs at the same position, which is their order. */
export const buildVariables = (b: Builder, system: System, shapes: Shapes, order: ReadonlyArray<string>): Built => {
  const nodes = new Map<string, NodeId>();
  const required = new Map<string, Model["required"][number]>();
  const titles = titlesOf(system);
  const reader = newReader(
    b,
    (path) => nodes.get(path),
    (variable) => axesOf(shapes, variable),
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
  const build: Built["build"] = (term, axes = []) =>
    buildTerm(b, shapes, (given) => read(resolveRead(system, given)), axes, term);
  const nodeOf = (path: string): NodeId => nodes.get(path)!;

  for (const path of order) {
    const variable = system.variables.get(path)!;
    const own = buildVariable(b, shapes, variable, build, nodeOf);
    const like = marks.variables.get(path);
    const marked = [...variable.axes, ...(like === undefined ? [] : featureAxes(shapes.ofVariable(like)))];
    const node = like === undefined || isLeaf(b, variable, own) ? own : b.mark(path, marked, own);
    const title = titles.get(path);
    nodes.set(path, node);
    if (title !== undefined) nameValue(b, variable.meaning.tag === "parameter" ? own : node, title, variable);
    reader.close();
  }
  return { b, system, shapes, nodeOf, build, required: () => [...required.values()] };
};

/** All axes that a variable's value may have. */
export const axesOf = (shapes: Shapes, { axes, path }: Variable): ReadonlyArray<Axis> => [
  ...axes,
  ...featureAxes(shapes.ofVariable(path)),
];

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

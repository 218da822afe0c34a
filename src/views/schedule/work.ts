import { type Axis, featureAxis, unionAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId, Pointwise } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { fixed, type Size, times } from "../../loops/size.ts";
import type { Classified } from "../../schedule/statements/classify.ts";
import type { Statement } from "../../schedule/statements/statement.ts";
import { type Polynomial, scaled, sum, zero } from "../polynomial.ts";
import type { Work } from "./view.ts";

/** Operations at one position. */
interface Operations {
  readonly flops: number;
  readonly functions: number;
}

const noWork: Work = { flops: zero, functions: zero };

export const totalWork = (works: ReadonlyArray<Work>): Work => ({
  flops: sum(...works.map(({ flops }) => flops)),
  functions: sum(...works.map(({ functions }) => functions)),
});

/** What a statement takes, at all its positions, padding included. */
export const workOf = (classified: Classified, statement: Statement, extent: (axis: Axis) => Size): Work => {
  const { circuit } = classified;
  const read = (id: NodeId): Operations => operationsToRead(classified, id);
  const at = (axes: ReadonlyArray<Axis>, { flops, functions }: Operations, rows = 1): Work => {
    const positions = axes.map(extent).reduce(times, fixed(rows));
    const all = (count: number): Polynomial => scaled([fixed(count)], positions);
    return { flops: all(flops), functions: all(functions) };
  };
  const multiplied = (factors: ReadonlyArray<NodeId>): Operations =>
    together([...factors.map(read), flops(Math.max(0, factors.length - 1))]);
  switch (statement.tag) {
    case "point": {
      const { op, inputs } = nodeAt(circuit, statement.node);
      const own = op.tag === "map" ? costOf[op.fn] : nothing;
      return at(statement.axes, together([own, ...inputs.map(read)]));
    }
    case "lookup":
      return at(statement.axes, multiplied(statement.factors));
    case "reduction":
      return at(unionAxes(statement.axes, statement.over), together([multiplied(statement.factors), flops(1)]));
    case "scatter": {
      const rows = withoutAxes(statement.axes, [statement.axis]);
      return at(unionAxes(rows, statement.over), together([multiplied(statement.factors), flops(1)]));
    }
    case "product":
      return at(unionAxes(statement.axes, statement.over), flops(2));
    case "concat": {
      const { op, inputs } = nodeAt(circuit, statement.node);
      if (op.tag !== "concat") return noWork;
      const others = withoutAxes(statement.axes, [op.axis]);
      return totalWork(inputs.map((part, i) => at([...others, featureAxis(op.axis.slot, op.sizes[i]!)], read(part))));
    }
    case "boundary": {
      const { front, frontValue, back, backValue } = statement.pad;
      const rows = (count: number, value: NodeId | undefined): Work =>
        value === undefined ? noWork : at(statement.axes, read(value), count);
      return totalWork([rows(front, frontValue), rows(back, backValue)]);
    }
    case "result":
      return at(statement.axes, read(statement.output.node));
  }
};

/** What it takes to read a value that stands in no buffer of its own: it is computed where it is read. */
const operationsToRead = (classified: Classified, id: NodeId): Operations => {
  if (classified.statements.has(id)) return nothing;
  const { op, inputs } = nodeAt(classified.circuit, id);
  const read = (input: NodeId): Operations => operationsToRead(classified, input);
  switch (op.tag) {
    case "map":
      return together([costOf[op.fn], ...inputs.map(read)]);
    case "rename":
    case "slice":
    case "onehot":
      return read(inputs[0]!);
    case "constant":
    case "parameter":
    case "input":
    case "index":
    case "length":
    case "reduce":
    case "delay":
    case "at":
    case "concat":
    case "mark":
    case "grad":
      return nothing;
  }
};

const together = (all: ReadonlyArray<Operations>): Operations => ({
  flops: all.reduce((total, { flops }) => total + flops, 0),
  functions: all.reduce((total, { functions }) => total + functions, 0),
});

const flops = (count: number): Operations => ({ flops: count, functions: 0 });
const nothing = flops(0);
const one = flops(1);
const value: Operations = { flops: 0, functions: 1 };

/** Comparisons and choices are not counted: they decide what is computed. */
export const costOf: { readonly [P in Pointwise]: Operations } = {
  neg: one,
  add: one,
  sub: one,
  mul: one,
  times: one,
  div: one,
  pow: value,
  mod: value,
  exp: value,
  expm1: value,
  log: value,
  log1p: value,
  sqrt: one,
  sin: value,
  cos: value,
  atan: value,
  erf: value,
  tanh: value,
  sigmoid: value,
  softplus: value,
  min: one,
  max: one,
  less: nothing,
  lessEqual: nothing,
  equal: nothing,
  not: nothing,
  and: nothing,
  or: nothing,
  select: nothing,
  stop: nothing,
};

import type { Circuit, Pointwise } from "../../src/circuit/circuit.ts";
import { inputAt, parameterAt } from "../../src/circuit/data.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import { pointwiseValues } from "../../src/circuit/pointwise.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import type { Formula } from "../../src/circuit/unfold-rules.ts";

/** A value with its derivative along a direction. */
export interface Dual {
  readonly value: number;
  readonly slope: number;
}

/** Directions of parameters, by path, row-major. */
export type Direction = Readonly<Record<string, ArrayLike<number>>>;

/**
 * Forward mode: every output of a circuit with its derivative along a direction, by dual numbers through the unfolded
 * graph. It shares nothing with the reverse mode but the values.
 */
export const dualOutputs = (
  circuit: Circuit,
  environment: Environment,
  direction: Direction,
): ReadonlyArray<ReadonlyArray<Dual>> => {
  const unfolded = unfold(circuit, environment);
  const moving = { ...environment, parameters: direction };
  const cells: Dual[] = [];
  for (const cell of unfolded.cells) cells.push(dualOf(cell, environment, moving, cells));
  return unfolded.outputs.map((output) => output.cells.map(({ cell }) => cells[cell]!));
};

const dualOf = (cell: Formula<number>, here: Environment, moving: Environment, cells: ReadonlyArray<Dual>): Dual => {
  const of = "of" in cell ? cell.of.map((each) => cells[each]!) : [];
  switch (cell.tag) {
    case "number":
      return { value: cell.value, slope: 0 };
    case "leaf":
      return cell.op.tag === "parameter"
        ? {
            value: parameterAt(here, cell.op.path, cell.op.shape, cell.index),
            slope: parameterAt(moving, cell.op.path, cell.op.shape, cell.index),
          }
        : { value: inputAt(here, cell.op.name, cell.op.axes, cell.index), slope: 0 };
    case "apply":
      return applied(cell.fn, of);
    case "sum":
      return of.reduce((a, b) => ({ value: a.value + b.value, slope: a.slope + b.slope }), { value: 0, slope: 0 });
    case "most":
      return of.reduce((a, b) => (b.value > a.value ? b : a), { value: Number.NEGATIVE_INFINITY, slope: 0 });
    case "names":
      return { value: of[0]!.value === cell.component ? 1 : 0, slope: 0 };
  }
};

const applied = (fn: Pointwise, of: ReadonlyArray<Dual>): Dual => {
  const [x = zero, z = zero, w = zero] = of;
  const value = pointwiseValues[fn](x.value, z.value, w.value);
  return { value, slope: slopes[fn](x, z, w, value) };
};

const zero: Dual = { value: 0, slope: 0 };
const none = (): number => 0;

const absorbed = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

type Slope = (x: Dual, z: Dual, w: Dual, value: number) => number;

/** The derivative of each function along the direction that its operands move. */
const slopes: { readonly [P in Pointwise]: Slope } = {
  neg: (x) => -x.slope,
  add: (x, z) => x.slope + z.slope,
  sub: (x, z) => x.slope - z.slope,
  mul: (x, z) => x.slope * z.value + x.value * z.slope,
  times: (x, z) => absorbed(x.slope, z.value) + absorbed(x.value, z.slope),
  div: (x, z) => (x.slope * z.value - x.value * z.slope) / (z.value * z.value),
  pow: (x, z, _, y) =>
    (z.value === 0 ? 0 : z.value * x.value ** (z.value - 1) * x.slope) +
    (z.slope === 0 ? 0 : y * Math.log(x.value) * z.slope),
  mod: none,
  exp: (x, _z, _w, y) => y * x.slope,
  expm1: (x) => Math.exp(x.value) * x.slope,
  log: (x) => x.slope / x.value,
  log1p: (x) => x.slope / (1 + x.value),
  sqrt: (x, _z, _w, y) => x.slope / (2 * y),
  sin: (x) => Math.cos(x.value) * x.slope,
  cos: (x) => -Math.sin(x.value) * x.slope,
  atan: (x) => x.slope / (1 + x.value ** 2),
  erf: (x) => ((2 * x.slope) / Math.sqrt(Math.PI)) * Math.exp(-(x.value ** 2)),
  tanh: (x) => x.slope / Math.cosh(x.value) ** 2,
  sigmoid: (x) => x.slope / (2 + Math.exp(x.value) + Math.exp(-x.value)),
  softplus: (x) => x.slope / (1 + Math.exp(-x.value)),
  min: (x, z) => (x.value < z.value ? x.slope : x.value > z.value ? z.slope : (x.slope + z.slope) / 2),
  max: (x, z) => (x.value > z.value ? x.slope : x.value < z.value ? z.slope : (x.slope + z.slope) / 2),
  less: none,
  lessEqual: none,
  equal: none,
  not: none,
  and: none,
  or: none,
  select: (x, z, w) => (x.value !== 0 ? z.slope : w.slope),
  stop: none,
};

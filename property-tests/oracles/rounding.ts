import type { Circuit, Pointwise } from "../../src/circuit/circuit.ts";
import { inputAt, parameterAt } from "../../src/circuit/data.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import { pointwiseValues } from "../../src/circuit/pointwise.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import type { Formula } from "../../src/circuit/unfold-rules.ts";

/**
 * How far each output of a circuit may be off in single precision, by its condition and not by a guess: the unfolded
 * graph is computed in doubles again and again, each time with every result moved at random by up to half a unit in the
 * last place of single precision (Monte Carlo arithmetic, Parker 1997). What that moves an output by is what a different
 * order of operations, or another library, would be off by as well.
 */
export const roundingOf = (circuit: Circuit, environment: Environment, seed: number): ReadonlyArray<number> => {
  const unfolded = unfold(circuit, environment);
  const next = random(seed);
  const valuesOf = (rounded: (x: number) => number): ReadonlyArray<number> => {
    const values: number[] = [];
    for (const cell of unfolded.cells) values.push(cellValue(cell, environment, values, rounded));
    return values;
  };
  const exact = valuesOf((x) => x);
  const moved = Array.from({ length: runs }, () => valuesOf((x) => x * (1 + unit * (2 * next() - 1))));
  return unfolded.outputs.map(({ cells }) =>
    cells.reduce(
      (most, { cell }) => moved.reduce((so, values) => Math.max(so, Math.abs(values[cell]! - exact[cell]!)), most),
      0,
    ),
  );
};

/**
 * Tells whether a value of single precision is as near as single precision can be asked to be: as usual cases are, or
 * within some times what rounding moves its output by. The latter is only found out where it is needed.
 */
export const withinRounding = (
  circuit: Circuit,
  environment: Environment,
  seed: number,
): ((output: number, found: number, expected: number) => boolean) => {
  let rounding: ReadonlyArray<number> | undefined;
  return (output, found, expected) => {
    if (Object.is(found, expected) || found === expected) return true;
    const error = Math.abs(found - expected);
    if (error <= usual * Math.max(1, Math.abs(expected))) return true;
    rounding ??= roundingOf(circuit, environment, seed);
    return error <= margin * rounding[output]!;
  };
};

/** Some hundred units in the last place. */
const usual = 2e-5;
const runs = 6;
/** A few runs do not meet the worst, and elementary functions are off by up to 2 units in the last place. */
const margin = 16;
const unit = 2 ** -24;

const cellValue = (
  cell: Formula<number>,
  environment: Environment,
  values: ReadonlyArray<number>,
  rounded: (x: number) => number,
): number => {
  const of = "of" in cell ? cell.of.map((each) => values[each]!) : [];
  switch (cell.tag) {
    case "number":
      return rounded(cell.value);
    case "leaf":
      return rounded(
        cell.op.tag === "parameter"
          ? parameterAt(environment, cell.op.path, cell.op.shape, cell.index)
          : inputAt(environment, cell.op.name, cell.op.axes, cell.index),
      );
    case "apply":
      return isExact[cell.fn] ? applied(cell.fn, of) : rounded(applied(cell.fn, of));
    case "sum":
      return of.reduce((sum, each) => rounded(sum + each), 0);
    case "most":
      return of.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
    case "names":
      return of[0] === cell.component ? 1 : 0;
  }
};

const applied = (fn: Pointwise, [x = 0, z = 0, w = 0]: ReadonlyArray<number>): number => pointwiseValues[fn](x, z, w);

/** Those that round nothing. */
const isExact: { readonly [P in Pointwise]: boolean } = {
  neg: true,
  add: false,
  sub: false,
  mul: false,
  times: false,
  div: false,
  pow: false,
  mod: true,
  exp: false,
  expm1: false,
  log: false,
  log1p: false,
  sqrt: false,
  sin: false,
  cos: false,
  atan: false,
  erf: false,
  tanh: false,
  sigmoid: false,
  softplus: false,
  min: true,
  max: true,
  less: true,
  lessEqual: true,
  equal: true,
  not: true,
  and: true,
  or: true,
  select: true,
  stop: true,
};

const random = (seed: number): (() => number) => {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
  };
};

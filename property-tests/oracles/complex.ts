import type { Circuit, Pointwise } from "../../src/circuit/circuit.ts";
import { inputAt, parameterAt } from "../../src/circuit/data.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import { errorFunction } from "../../src/circuit/error-function.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import type { Direction } from "./dual.ts";

/** A complex number. */
type C = readonly [re: number, im: number];

const step = 1e-30;

/**
 * The derivative of a loss along a direction by the complex step: Im f(x + ih v) / h, without any subtraction (Squire
 * and Trapp 1998). Null where the unfolded graph holds a function that is not analytic.
 */
export const complexStep = (circuit: Circuit, environment: Environment, direction: Direction): number | null => {
  const loss = circuit.outputs.filter(({ role }) => role === "loss");
  const unfolded = unfold({ ...circuit, outputs: loss }, environment);
  const values: C[] = [];
  for (const cell of unfolded.cells) {
    const of = "of" in cell ? cell.of.map((each) => values[each]!) : [];
    if (cell.tag === "number") values.push([cell.value, 0]);
    else if (cell.tag === "leaf" && cell.op.tag === "parameter")
      values.push([
        parameterAt(environment, cell.op.path, cell.op.shape, cell.index),
        step * parameterAt({ ...environment, parameters: direction }, cell.op.path, cell.op.shape, cell.index),
      ]);
    else if (cell.tag === "leaf" && cell.op.tag === "input")
      values.push([inputAt(environment, cell.op.name, cell.op.axes, cell.index), 0]);
    else if (cell.tag === "sum") values.push(of.reduce(add, [0, 0]));
    else if (cell.tag === "names") values.push([of[0]![0] === cell.component ? 1 : 0, 0]);
    else {
      const rule = cell.tag === "apply" ? analytic[cell.fn] : undefined;
      if (rule === undefined) return null;
      values.push(rule(of[0]!, of[1] ?? [0, 0]));
    }
  }
  return values[unfolded.outputs[0]!.cells[0]!.cell]![1] / step;
};

const add = ([a, b]: C, [c, d]: C): C => [a + c, b + d];
const multiply = ([a, b]: C, [c, d]: C): C => [a * c - b * d, a * d + b * c];
const divide = ([a, b]: C, [c, d]: C): C => {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
};
const exp = ([a, b]: C): C => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)];
const log = ([a, b]: C): C => [Math.log(Math.hypot(a, b)), Math.atan2(b, a)];
const power = (base: C, exponent: number): C => exp(multiply(log(base), [exponent, 0]));
const whole = (base: C, exponent: number): C => (exponent === 0 ? [1, 0] : multiply(base, whole(base, exponent - 1)));

/** The functions that are analytic, on complex numbers; the others have no rule. */
const analytic: { readonly [P in Pointwise]: ((x: C, z: C) => C) | undefined } = {
  neg: ([a, b]) => [-a, -b],
  add,
  sub: (x, [c, d]) => add(x, [-c, -d]),
  mul: multiply,
  times: multiply,
  div: divide,
  pow: (x, [n]) => (Number.isInteger(n) && n >= 0 ? whole(x, n) : power(x, n)),
  exp,
  expm1: (x) => add(exp(x), [-1, 0]),
  log,
  log1p: (x) => log(add([1, 0], x)),
  sqrt: (x) => power(x, 0.5),
  sin: ([a, b]) => [Math.sin(a) * Math.cosh(b), Math.cos(a) * Math.sinh(b)],
  cos: ([a, b]) => [Math.cos(a) * Math.cosh(b), -Math.sin(a) * Math.sinh(b)],
  atan: ([a, b]) => [Math.atan(a), b / (1 + a * a)],
  erf: ([a, b]) => [errorFunction(a), ((2 * b) / Math.sqrt(Math.PI)) * Math.exp(-a * a)],
  tanh: (x) => {
    const [plus, minus] = [exp(x), exp([-x[0], -x[1]])];
    return divide(add(plus, [-minus[0], -minus[1]]), add(plus, minus));
  },
  sigmoid: ([a, b]) => divide([1, 0], add([1, 0], exp([-a, -b]))),
  softplus: (x) => log(add([1, 0], exp(x))),
  min: undefined,
  max: undefined,
  mod: undefined,
  less: undefined,
  lessEqual: undefined,
  equal: undefined,
  not: undefined,
  and: undefined,
  or: undefined,
  select: undefined,
  stop: undefined,
};

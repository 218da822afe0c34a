import { match } from "../match.ts";
import type { Pointwise } from "./circuit.ts";
import { inputAt, parameterAt } from "./data.ts";
import type { Environment, Index } from "./environment.ts";
import { pointwiseValues } from "./pointwise.ts";
import type { Unfolded } from "./unfold.ts";
import type { Formula } from "./unfold-rules.ts";

/** The value of every cell of an unfolded graph. */
const cellValues = ({ cells }: Unfolded, environment: Environment): Float64Array => {
  const values = new Float64Array(cells.length);
  const read = (of: ReadonlyArray<number>): ReadonlyArray<number> => of.map((cell) => values[cell]!);
  const value = match<Formula<number>, number>({
    number: (constant) => constant.value,
    leaf: ({ op, index }) =>
      op.tag === "parameter"
        ? parameterAt(environment, op.path, op.shape, index)
        : inputAt(environment, op.name, op.axes, index),
    apply: ({ fn, of }) => {
      const [x = 0, z = 0, w = 0] = read(of);
      return pointwiseValues[fn](x, z, w);
    },
    sum: ({ of }) => read(of).reduce((sum, each) => sum + each, 0),
    most: ({ of }) => read(of).reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY),
    names: ({ component, of }) => (read(of)[0] === component ? 1 : 0),
  });
  cells.forEach((cell, i) => {
    values[i] = value(cell);
  });
  return values;
};

/** The values of the outputs, each in the order of its cells. */
export const evaluateUnfolded = (
  unfolded: Unfolded,
  environment: Environment,
): ReadonlyArray<ReadonlyArray<number>> => {
  const values = cellValues(unfolded, environment);
  return unfolded.outputs.map(({ cells }) => cells.map(({ cell }) => values[cell]!));
};

/**
 * The gradient of a cell by plain back-propagation through the unfolded graph: by leaf name and index, where the
 * gradient is not 0. It knows nothing of the symbolic derivative and checks it.
 */
export const unfoldedGradient = (
  unfolded: Unfolded,
  environment: Environment,
  root: number,
): ReadonlyArray<{ readonly leaf: string; readonly index: Index; readonly gradient: number }> => {
  const values = cellValues(unfolded, environment);
  const gradients = new Float64Array(values.length);
  gradients[root] = 1;
  for (let i = values.length - 1; i >= 0; i--) {
    const { [i]: cell } = unfolded.cells;
    if (gradients[i] === 0 || cell === undefined || !("of" in cell)) continue;
    const operands = cell.of.map((operand) => values[operand]!);
    slopes(cell, operands, values[i]!).forEach((slope, place) => {
      if (slope !== 0) gradients[cell.of[place]!]! += slope * gradients[i]!;
    });
  }
  return unfolded.cells.flatMap((cell, i) =>
    cell.tag === "leaf"
      ? [
          {
            leaf: cell.op.tag === "parameter" ? cell.op.path : cell.op.name,
            index: cell.index,
            gradient: gradients[i]!,
          },
        ]
      : [],
  );
};

/** The partial derivatives of a cell's value with respect to its operands. */
const slopes = (cell: Formula<number>, operands: ReadonlyArray<number>, value: number): ReadonlyArray<number> => {
  if (cell.tag === "apply") return partials[cell.fn](operands[0] ?? 0, operands[1] ?? 0, value);
  if (cell.tag === "sum") return operands.map(() => 1);
  const ties = operands.filter((operand) => operand === value).length;
  return cell.tag === "most" ? operands.map((operand) => (operand === value ? 1 / ties : 0)) : [];
};

/** By function: the partial derivatives at operands x and z, where its value is y. */
const partials: { readonly [P in Pointwise]: (x: number, z: number, y: number) => ReadonlyArray<number> } = {
  neg: () => [-1],
  add: () => [1, 1],
  sub: () => [1, -1],
  mul: (x, z) => [z, x],
  times: (x, z) => [z, x],
  div: (x, z) => [1 / z, -x / z ** 2],
  pow: (x, z, y) => [z === 0 ? 0 : z * x ** (z - 1), x > 0 ? y * Math.log(x) : 0],
  mod: () => [],
  exp: (x) => [Math.exp(x)],
  expm1: (x) => [Math.exp(x)],
  log: (x) => [1 / x],
  log1p: (x) => [1 / (1 + x)],
  sqrt: (x) => [0.5 / Math.sqrt(x)],
  sin: (x) => [Math.cos(x)],
  cos: (x) => [-Math.sin(x)],
  atan: (x) => [1 / (1 + x * x)],
  erf: (x) => [(2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)],
  tanh: (x) => [1 / Math.cosh(x) ** 2],
  sigmoid: (x) => [1 / (2 + Math.exp(x) + Math.exp(-x))],
  softplus: (x) => [1 / (1 + Math.exp(-x))],
  min: (x, z) => (x < z ? [1, 0] : x > z ? [0, 1] : [0.5, 0.5]),
  max: (x, z) => (x > z ? [1, 0] : x < z ? [0, 1] : [0.5, 0.5]),
  less: () => [],
  lessEqual: () => [],
  equal: () => [],
  not: () => [],
  and: () => [],
  or: () => [],
  select: (x) => (x !== 0 ? [0, 1, 0] : [0, 0, 1]),
  stop: () => [],
};

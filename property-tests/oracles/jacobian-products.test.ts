import { test } from "node:test";
import fc from "fast-check";
import { batches, parameters } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

type Vector = ReadonlyArray<number>;
type Matrix = ReadonlyArray<Vector>;

const n = 3;
const indices = [0, 1, 2];
const matrixOf = (values: ArrayLike<number>, columns: number): Matrix =>
  indices.map((i) => Array.from({ length: columns }, (_, j) => values[i * columns + j]!));
const times = (matrix: Matrix, vector: Vector): Vector =>
  matrix.map((row) => row.reduce((sum, each, j) => sum + each * vector[j]!, 0));
const compose = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => indices.map((j) => row.reduce((sum, each, k) => sum + each * b[k]![j]!, 0)));
const identity: Matrix = indices.map((i) => indices.map((j) => (i === j ? 1 : 0)));

const source = `model M(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
  param W, U
  param b = 0
  h[0] = 0
  output h[t] : R[n] = tanh(W h[t-1] + U x[t] + b)
  minimize 0.5 * sum[t](sumsq(h[t]))
}`;

test("the gradient of a plain recurrent cell is the double sum over t and k of products of Jacobians", () => {
  const model = compiledProgram(source);
  const sizes = { lengths: { least: 0, greatest: 6 }, examples: { least: 1, greatest: 1 } };
  fc.assert(
    fc.property(parameters(model), batches(model, sizes), (params, { examples, batch }) => {
      const x = examples[0]!.x as ReadonlyArray<Vector>;
      const [W, U] = [matrixOf(params.W!, n), matrixOf(params.U!, 2)];
      const states: Vector[] = [[0, 0, 0]];
      for (const input of x) {
        const [past, now] = [times(W, states.at(-1)!), times(U, input)];
        states.push(indices.map((i) => Math.tanh(past[i]! + now[i]! + params.b![i]!)));
      }
      const slope = (t: number): Vector => states[t]!.map((value) => 1 - value * value);
      /** dh[t]/dh[k] = product of diag(1 - h²) W from k+1 to t. */
      const jacobian = (t: number, k: number): Matrix =>
        t === k
          ? identity
          : compose(
              W.map((row, i) => row.map((each) => slope(t)[i]! * each)),
              jacobian(t - 1, k),
            );
      const gradient = new Array(n * n).fill(0);
      for (let t = 1; t <= x.length; t++)
        for (let k = 1; k <= t; k++) {
          const J = jacobian(t, k);
          for (const i of indices) {
            const through = indices.reduce((sum, row) => sum + states[t]![row]! * J[row]![i]!, 0);
            for (const j of indices) gradient[i * n + j] += through * slope(k)[i]! * states[k - 1]![j]!;
          }
        }
      mustAgree("the gradient by W", model.gradient(params, batch).gradient.W!, gradient, 1e-11);
    }),
    { numRuns: 50 },
  );
});

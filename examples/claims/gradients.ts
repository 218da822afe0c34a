import { matrixOf } from "../../src/flow/matrix/matrix.ts";
import { singularValues } from "../../src/flow/matrix/singular-values.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";
import { mapParams, norm } from "../../src/train/tensors.ts";
import { drawn, times } from "../tasks/dice.ts";
import { type Claim, type Finding, proved, told } from "./claim.ts";
import { compiledText } from "./compiled-text.ts";

const lag = 100;
const units = 4;

/** How much of a gradient is left after 100 steps, along the cell state and along that of a plain network. */
export const conveyorBelt: Claim = {
  claim: "The LSTM avoids the vanishing gradient, its cell state being a conveyor belt, and so does the GRU",
  about: `Derivatives of a state of ${units} units by the same state ${lag} steps earlier, over random inputs and weights: their singular values, which say how much of a gradient comes through in the worst direction and in the best.`,
  measure: () => {
    const open = (bias: string, value: number) => (path: string, values: Values) =>
      path === bias ? (values.map(() => value) as Values) : values;
    const along = derivativeByFirst(alongCellState, open("bf", 10));
    const lstm = derivativeByFirst(belt("LSTM", "h[t], c[t]", "c"), open("h.bf", 10));
    const gru = derivativeByFirst(belt("GRU", "h[t]", "h"), open("h.bz", -10));
    const shrinking = derivativeByFirst(network("tanh(W h[t-1] + x[t])"), scaled(0.8));
    const growing = derivativeByFirst(network("W h[t-1] + x[t]"), scaled(1.2));
    const power = 1.2 ** lag;
    return [
      proved(`LSTM, forget gates near 1: the least of dc[${lag}]/dc[0] along c`, along.least, along.least >= 0.9),
      told("  and of all paths together, those through the gates too", lstm.least),
      told("  the greatest", lstm.greatest),
      proved(`GRU, update gates near 0: the least of dh[${lag}]/dh[0]`, gru.least, gru.least >= 0.9),
      proved(
        `tanh network, W orthogonal times 0.8: the greatest of dh[${lag}]/dh[0]`,
        shrinking.greatest,
        shrinking.greatest < 1e-6,
      ),
      proved(
        `linear network, W orthogonal times 1.2: the same, 1.2^${lag} = ${power.toExponential(2)}`,
        growing.greatest,
        Math.abs(growing.greatest / power - 1) < 1e-6,
      ),
    ];
  },
};

/** Clipping shortens what is too long, and does nothing for what has vanished. */
export const clipping: Claim = {
  claim: "Gradient clipping solves only the exploding gradient",
  about: `The gradient by W of the state after ${lag} steps of the networks above, clipped by its norm and by its values, each at 1.`,
  measure: () => [
    ...clippingOf("exploded", gradientByWeights("W h[t-1] + x[t]", 1.2), true),
    ...clippingOf("vanished", gradientByWeights("tanh(W h[t-1] + x[t])", 0.8), false),
  ],
};

const clippingOf = (name: string, gradient: Values, isLong: boolean): ReadonlyArray<Finding> => {
  const [byNorm, byValue] = [clippedBy({ clip: 1 }, gradient), clippedBy({ clipValue: 1 }, gradient)];
  const greatest = (values: Values): number => Math.max(...values.map(Math.abs));
  const isSame = (values: Values): boolean => values.every((value, i) => value === gradient[i]);
  const before = told(`norm of the ${name} gradient`, lengthOf(gradient));
  return isLong
    ? [
        before,
        proved("  clipped by its norm", lengthOf(byNorm), lengthOf(byNorm) <= 1 + 1e-12),
        proved(
          "  and its direction: the cosine of the angle between both",
          cosine(gradient, byNorm),
          cosine(gradient, byNorm) > 1 - 1e-12,
        ),
        proved("  clipped by its values: the greatest of them", greatest(byValue), greatest(byValue) <= 1),
      ]
    : [
        before,
        proved("  clipped by its norm, the same bits", lengthOf(byNorm), isSame(byNorm)),
        proved("  clipped by its values, the same bits", lengthOf(byValue), isSame(byValue)),
      ];
};

/** From parameters of 0, a step of size 1 along this gradient goes back by what clipping leaves of it. */
const clippedBy = (limits: { readonly clip?: number; readonly clipValue?: number }, gradient: Values): Values => {
  const size = gradient.length;
  const source = `model M {\n  input g : R[${size}]\n  param x : R[${size}] = 0\n  minimize dot(g, x)\n}`;
  const model = compiledText(source, { precision: "f64", optimiser: "sgd" });
  const training = model.trainer(model.init(1));
  training.step(model.pack([{ g: Array.from(gradient) }]), { rate: 1, ...limits });
  return training.params().x!.map((value) => -value) as Values;
};

/** A cell from a state of its own; `v` chooses what of its last state is looked at. */
const belt = (cell: string, results: string, state: string): string => `import ${cell} from "std"
model M(n = ${units}) {
  axis t in 1..T
  input x[t] : R[n]
  input z, v : R[n]
  (${results}) = ${cell}(n)(x[t]) with ${state}[0] = z
  minimize dot(v, ${state}[T])
}`;
/** The LSTM whose gates take the last output as given: what comes through, comes along the cell state. */
const alongCellState = `model M(n = ${units}) {
  axis t in 1..T
  input x[t] : R[n]
  input z, v : R[n]
  param Wf, Wi, Wo, Wc, Uf, Ui, Uo, Uc : R[n,n]
  param bf, bi, bo, bc = 0
  h[0] = 0
  c[0] = z
  keep[t] = sigmoid(Wf x[t] + Uf stop(h[t-1]) + bf)
  i[t] = sigmoid(Wi x[t] + Ui stop(h[t-1]) + bi)
  o[t] = sigmoid(Wo x[t] + Uo stop(h[t-1]) + bo)
  g[t] = tanh(Wc x[t] + Uc stop(h[t-1]) + bc)
  c[t] : R[n] = keep[t] * c[t-1] + i[t] * g[t]
  h[t] : R[n] = o[t] * tanh(c[t])
  minimize dot(v, c[T])
}`;
const network = (next: string): string => `model M(n = ${units}) {
  axis t in 1..T
  input x[t] : R[n]
  input z, v : R[n]
  param W ~ orthogonal
  h[0] = z
  h[t] : R[n] = ${next}
  minimize dot(v, h[T])
}`;

type Change = (path: string, values: Values) => Values;
const scaled =
  (factor: number): Change =>
  (path, values) =>
    path === "W" ? (values.map((value) => value * factor) as Values) : values;

const inputs = drawn(1, lag, (dice) => times(units, () => dice.real(-0.5, 0.5)));
const first = [0.1, -0.2, 0.3, 0.1];
const unit = (i: number): ReadonlyArray<number> => times(units, (j) => Number(i === j));

/** The singular values of the last state's derivative by the first: each of its rows is the gradient of one component. */
const derivativeByFirst = (source: string, change: Change): { readonly least: number; readonly greatest: number } => {
  const model = compiledText(source, { precision: "f64", wrt: ["z"], loss: "sum" });
  const params = mapParams(model.init(1), (values, path) => change(path, values));
  const batch = model.pack(times(units, (i) => ({ x: inputs, z: first, v: unit(i) })));
  const { z } = model.gradient(params, batch).gradient;
  const values = singularValues(matrixOf(units, units, (i, j) => z![i * units + j]!));
  return { least: values.at(-1)!, greatest: values[0]! };
};

const gradientByWeights = (next: string, factor: number): Values => {
  const model = compiledText(network(next), { precision: "f64" });
  const params = mapParams(model.init(1), (values, path) => scaled(factor)(path, values));
  // Without inputs it is the first state alone that is carried on.
  const x = inputs.map((row) => row.map(() => 0));
  return model.gradient(params, model.pack([{ x, z: first, v: unit(0) }])).gradient.W!;
};

const lengthOf = (values: Values): number => norm({ values } as Params);

const cosine = (a: Values, b: Values): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0) / (lengthOf(a) * lengthOf(b));

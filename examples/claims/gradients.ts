import type { Params, Values } from "../../src/runtime/interface.ts";
import { mapParams, norm } from "../../src/train/tensors.ts";
import { times } from "../tasks/dice.ts";
import { type Claim, proved, told } from "./claim.ts";
import { compiledText } from "./compiled-text.ts";

const lag = 100;

/** How much of a gradient is left after 100 steps, along the cell state and along that of a plain network. */
export const conveyorBelt: Claim = {
  claim: "The LSTM avoids the vanishing gradient: its cell state is a conveyor belt",
  measure: () => {
    const lstm = gradientByFirst(lstmFromState, (path, values) => values.fill(path === "h.bf" ? 10 : 0));
    const shrinking = gradientByFirst(rnnFromState, (path, values) => scaleIf(path === "W", 0.8, values));
    const growing = gradientByFirst(linearFromState, (path, values) => scaleIf(path === "W", 1.2, values));
    return [
      proved(`LSTM, forget gates near 1: norm of dc[${lag}]/dc[0]`, lstm, lstm >= 0.9),
      proved(`tanh network, W orthogonal times 0.8: norm of dh[${lag}]/dh[0]`, shrinking, shrinking < 1e-6),
      proved(
        `linear network, W orthogonal times 1.2: the same, 1.2^${lag} = ${(1.2 ** lag).toExponential(2)}`,
        growing,
        Math.abs(growing / 1.2 ** lag - 1) < 1e-6,
      ),
    ];
  },
};

/** Clipping shortens what is too long, and does nothing for what has vanished. */
export const clipping: Claim = {
  claim: "Gradient clipping solves only the exploding gradient",
  measure: () => {
    const exploded: Params = { W: Float64Array.of(3e8, -4e8), b: Float64Array.of(0) };
    const vanished: Params = mapParams(exploded, (values) => values.map((value) => value * 1e-20) as Values);
    const clipped = clippedAt(1, exploded);
    const kept = clippedAt(1, vanished);
    return [
      told("norm of an exploded gradient", norm(exploded)),
      proved("  after clipping at 1", norm(clipped), norm(clipped) <= 1 + 1e-12),
      proved(
        "  and its direction: the cosine of the angle between both",
        cosine(exploded, clipped),
        cosine(exploded, clipped) > 1 - 1e-12,
      ),
      proved(
        "norm of a vanished gradient after clipping at 1",
        norm(kept),
        cosine(kept, vanished) > 1 - 1e-12 && norm(kept) === norm(vanished),
      ),
    ];
  },
};

/** From parameters of 0, a step of size 1 along this gradient goes back by what clipping leaves of it. */
const clippedAt = (clip: number, { W, b }: Params): Params => {
  const source =
    "model M {\n  input g : R[2]\n  input h : R[1]\n  param W : R[2] = 0\n  param b : R[1] = 0\n  minimize dot(g, W) + dot(h, b)\n}";
  const model = compiledText(source, { precision: "f64", optimiser: "sgd" });
  const training = model.trainer(model.init(1));
  training.step(model.pack([{ g: W!, h: b! }]), { rate: 1, clip });
  return mapParams(training.params(), (values) => values.map((value) => -value) as Values);
};

const lstmFromState = `import LSTM from "std"
model M(n = 4) {
  axis t in 1..T
  input x[t] : R[1]
  input z : R[n]
  (h[t], c[t]) = LSTM(n)(x[t]) with c[0] = z
  minimize sum(c[T]) / sqrt(n)
}`;
const recurrentFromState = (next: string): string => `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  input z : R[n]
  param W ~ orthogonal
  h[0] = z
  h[t] : R[n] = ${next}
  minimize sum(h[T]) / sqrt(n)
}`;
const rnnFromState = recurrentFromState("tanh(W h[t-1] + x[t])");
const linearFromState = recurrentFromState("W h[t-1] + x[t]");

/** The norm of the gradient of a unit vector's product with the last state by the first. */
const gradientByFirst = (source: string, change: (path: string, values: Values) => Values): number => {
  const model = compiledText(source, { precision: "f64", wrt: ["z"] });
  const params = mapParams(model.init(1), (values, path) => change(path, values));
  const width = model.model.inputs.find(({ name }) => name === "x")!.shape[0]!;
  const batch = model.pack([{ x: times(lag, () => times(width, () => 0)), z: [0.1, -0.2, 0.3, 0.1] }]);
  return Math.hypot(...model.gradient(params, batch).gradient.z!);
};

const scaleIf = (isScaled: boolean, factor: number, values: Values): Values =>
  isScaled ? (values.map((value) => value * factor) as Values) : values;

const cosine = (a: Params, b: Params): number =>
  Object.keys(a).reduce((sum, path) => sum + dot(a[path]!, b[path]!), 0) / (norm(a) * norm(b));

const dot = (a: Values, b: Values): number => Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

import type { Batch, CompiledModel, Example, Params, State, Values } from "../../src/runtime/interface.ts";
import { norm } from "../../src/train/tensors.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { clippedPlainly, descendPlainly, nothingRemembered } from "./plain-descent.ts";

/**
 * A compiled model written by hand: y[t] ~ categorical(softmax(W[y[t-1]])), y[0] = 0. Small enough to be plainly
 * right, so that training can be tested apart from the compiler. It trains by the plain formulae.
 */
export const bigramModel = (
  symbols: number,
  precision: "f32" | "f64" = "f64",
  optimiser: OptimiserName = "adam",
): CompiledModel => {
  const values = (length: number): Values =>
    precision === "f64" ? new Float64Array(length) : new Float32Array(length);

  const pack = (examples: ReadonlyArray<Example>): Batch => {
    const texts = examples.map(({ y }) => Array.from(y as ArrayLike<number>));
    const longest = Math.max(0, ...texts.map(({ length }) => length));
    const y = values(longest * texts.length);
    texts.forEach((text, i) => {
      text.forEach((symbol, t) => {
        y[t * texts.length + i] = symbol;
      });
    });
    return {
      size: texts.length,
      lengths: { T: Int32Array.from(texts, ({ length }) => length) },
      longest: { T: longest },
      values: { y },
    };
  };

  const gradient = (params: Params, batch: Batch, state?: State) => {
    const W = params.W!;
    const dW = values(W.length);
    const last = values(batch.size);
    let loss = 0;
    for (let i = 0; i < batch.size; i++) {
      let previous = state?.values.y?.[i] ?? 0;
      for (let t = 0; t < batch.lengths.T![i]!; t++) {
        const y = batch.values.y![t * batch.size + i]!;
        const row = Array.from(W.subarray(previous * symbols, (previous + 1) * symbols));
        const total = row.reduce((sum, o) => sum + Math.exp(o), 0);
        loss += Math.log(total) - row[y]!;
        for (let k = 0; k < symbols; k++) {
          dW[previous * symbols + k]! += (Math.exp(row[k]!) / total - (k === y ? 1 : 0)) / batch.size;
        }
        previous = y;
      }
      last[i] = previous;
    }
    const carried: State = { size: batch.size, position: 0, values: { y: last }, context: {}, lengths: {} };
    return { loss: loss / batch.size, gradient: { W: dW }, state: carried };
  };

  const absent = (): never => {
    throw new Error("the model written by hand has no such function");
  };
  const y = { name: "y", indices: ["t"], shape: [], symbols };
  return {
    model: {
      name: "Bigram",
      precision,
      axes: [{ name: "t", length: "T", over: [] }],
      inputs: [],
      targets: [y],
      params: [{ path: "W", shape: [symbols, symbols], init: { tag: "constant", value: 0 } }],
      noises: [],
      randoms: [{ target: "y", family: "categorical", arguments: ["y.logProbabilities"] }],
      required: [],
      limits: [],
      outputs: [],
      streamable: "t",
      hasLoss: true,
    },
    init: () => ({ W: values(symbols * symbols) }),
    pack,
    forward: absent,
    loss: (params, batch) => gradient(params, batch).loss,
    gradient,
    start: absent,
    step: absent,
    stream: absent,
    generate: absent,
    search: absent,
    trainer: (params, constants = optimiserRules[optimiser].constants, { state } = {}) => {
      let { step, memories } = state ?? { step: 0, memories: nothingRemembered(optimiser, params) };
      let now = params;
      let norms = {};
      return {
        step: (batch, { rate, state: carried, ...limits }) => {
          const result = gradient(now, batch, carried);
          const descended = descendPlainly(
            { name: optimiser, constants },
            rate,
            step + 1,
            { params: now, memories },
            clippedPlainly(limits, result.gradient),
          );
          step += 1;
          now = descended.params;
          memories = descended.memories;
          norms = { W: norm(result.gradient) };
          return { loss: result.loss, norm: norm(result.gradient), state: result.state };
        },
        descend: (given, { rate, ...limits }) => {
          const descended = descendPlainly(
            { name: optimiser, constants },
            rate,
            step + 1,
            { params: now, memories },
            clippedPlainly(limits, given),
          );
          step += 1;
          now = descended.params;
          memories = descended.memories;
          norms = { W: norm(given) * (limits.scale ?? 1) };
          return { norm: norm(given) * (limits.scale ?? 1) };
        },
        norms: () => norms,
        params: () => now,
        state: () => ({ optimiser, step, memories }),
      };
    },
  };
};

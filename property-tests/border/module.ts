import assert from "node:assert/strict";
import type { Compiled } from "../../src/compile.ts";
import type { Target } from "../../src/emit/targets.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** A model with all that a caller may give: inputs that move and stand still, symbols, a length by name, noise, an end. */
const source = `model M {
  axis j in 1..J
  axis k in 1..K
  axis t in 1..T until y[t] == 2
  input x[t] : R[2]
  input s[j] : symbol[3]
  input z : R
  noise m[t] : bernoulli(0.8)
  param W : R[2,2]
  param E : R[3,2]
  param v : R[2]
  y[0] = 1
  h[0] = v
  h[t] : R[2] = tanh(W h[t-1] + x[t] * m[t] + E[y[t-1]] + sum[j](E[s[j]]) * z + sum[k](v) / 4)
  output o[t] = E h[t]
  output last = sum[t](h[t])
  y[t] : symbol[3] ~ categorical(softmax(o[t]))
}
`;

export const borderModel = (target: Target): Compiled =>
  compiledProgram(source, { target, precision: "f32", optimiser: "adam" });

export const params: Params = {
  W: Float32Array.of(0.1, 0.2, -0.3, 0.4),
  E: Float32Array.of(0.5, -0.5, 0.25, 1, -1, 0.75),
  v: Float32Array.of(0.3, -0.2),
};

export const examples: ReadonlyArray<Example> = [
  { x: [[0.5, 1], [1, -1], [0, 2]], s: [0, 2], z: 0.5, y: [0, 1, 2], K: 2 },
  { x: [[1, 1]], s: [1], z: -1, y: [0], K: 0 },
]; // biome-ignore format: a table

/** What each function is given in the right way. */
export const rightCalls = (model: Compiled): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
  const batch = model.pack(examples);
  const goingOn = examples.map((example) => ({ ...example, y: Array.from(example.y as ArrayLike<number>, () => 1) }));
  const { state } = model.gradient(params, model.pack(goingOn));
  const context = { s: [0, 2], z: 0.5, K: 2 };
  const started = model.start(params, context);
  const inputs = [{ ...context, x: [[1, 2], [3, 4], [5, 6]] }, { s: [], z: 1, K: 1, x: [[1, 2], [3, 4], [5, 6]] }]; // biome-ignore format: a table
  const drawing = { length: 3, seed: 4, size: 2, prefix: { y: [0] }, inputs };
  const begun = model.trainer(params);
  begun.step(batch, { rate: 0.1 });
  return {
    init: { seed: 3 },
    pack: { examples, seed: 5 },
    forward: { params, batch },
    loss: { params, batch },
    gradient: { params, batch, state },
    start: { params, context },
    step: { params, state: started, input: { x: [0.5, 1], y: 1 } },
    generate: { params, options: { ...drawing, choose: "draw", temperature: 0.7, topK: 2, topP: 0.9 } },
    stream: { params, options: { streams: 2, context: [context, { s: [1], z: 1, K: 0 }] } },
    streamProcess: {
      inputs: { x: new Float32Array(8).fill(0.5), y: Int32Array.of(0, 1, 1, 0), m: new Float64Array(8).fill(1) },
      outputs: { o: new Float32Array(12) },
      n: 2,
    },
    streamReset: { which: [1, 0] },
    search: { params, options: { ...drawing, beam: 2, keep: 2, lengthPenalty: 0.6 } },
    trainer: { params, constants: { beta1: 0.8, beta2: 0.9, epsilon: 1e-8 }, options: { state: begun.state() } },
    trainerStep: { batch, options: { rate: 0.1, scale: 2, clip: 1, clipValue: 0.5, state } },
  };
};

/** Calls a function; a training is begun for a step, which comes after one that was right, and so are streams. */
export const called = (model: Compiled, name: string, given: Readonly<Record<string, unknown>>): unknown => {
  if (name === "stream") return model.stream(given.params as never, given.options as never).streams;
  if (name === "streamProcess" || name === "streamReset") return streamCalled(model, name, given);
  if (name !== "trainerStep")
    return (model as unknown as Readonly<Record<string, (...given: ReadonlyArray<unknown>) => unknown>>)[name]!(
      ...Object.values(given),
    );
  const training = model.trainer(params);
  return training.step(given.batch as never, given.options as never);
};

/** What a block gives after a call; one that is refused has left the streams as they were. */
const streamCalled = (model: Compiled, name: string, given: Readonly<Record<string, unknown>>): unknown => {
  const { process, reset } = model.stream(params, { streams: 2, context: { s: [0, 2], z: 0.5, K: 2 } });
  const block = (): ArrayLike<number> => {
    const o = new Float32Array(12);
    process({ x: new Float32Array(8).fill(0.5), y: Int32Array.of(0, 1, 1, 0) }, { o }, 2);
    return Array.from(o);
  };
  block();
  const [inputs, outputs, n] = [given.inputs, given.outputs, given.n] as [never, never, never];
  if (name === "streamReset") reset(given.which as never);
  else
    try {
      process(inputs, outputs, n);
    } catch (error) {
      const alone = model.stream(params, { streams: 2, context: { s: [0, 2], z: 0.5, K: 2 } });
      const [first, second] = [new Float32Array(12), new Float32Array(12)];
      const right = { x: new Float32Array(8).fill(0.5), y: Int32Array.of(0, 1, 1, 0) };
      alone.process(right, { o: first }, 2);
      alone.process(right, { o: second }, 2);
      assert.deepEqual(block(), Array.from(second));
      throw error;
    }
  return block();
};

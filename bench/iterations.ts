import type { Compiled } from "../src/compile.ts";
import type { Example, Params } from "../src/runtime/interface.ts";
import type { Program } from "./task.ts";

type Iteration = (
  compiled: Compiled,
  params: Params,
  examples: ReadonlyArray<Example>,
) => {
  readonly outcome: unknown;
  readonly run: () => void;
  /** Other ways to the same, by name. */
  readonly besides?: Readonly<Record<string, () => void>>;
};

const trained: Iteration = (compiled, params, examples) => {
  const batch = compiled.pack(examples);
  const training = compiled.trainer(params);
  const { loss } = compiled.gradient(params, batch);
  return { outcome: loss, run: () => void training.step(batch, { rate: 1e-4 }) };
};

/**
 * The iterations of rnnc, each as a user would run it fastest: batches packed before, parameters and streams kept where
 * they are.
 */
export const iterations: { readonly [kind in Program["iteration"]]: Iteration } = {
  adam: trained,
  sgd: trained,
  gradient: (compiled, params, examples) => {
    const batch = compiled.pack(examples);
    const { loss } = compiled.gradient(params, batch);
    return { outcome: loss, run: () => void compiled.gradient(params, batch) };
  },
  step: (compiled, params, examples) => {
    const [first] = (examples[0] as { readonly x: ReadonlyArray<ReadonlyArray<number>> }).x;
    const input = { x: Float32Array.from(first!) };
    let state = compiled.start(params);
    const outcome = Array.from(compiled.step(params, state, input).output.h!);
    const run = () => {
      state = compiled.step(params, state, input).state;
    };
    const { process } = compiled.stream(params);
    const h = new Float32Array(outcome.length);
    return { outcome, run, besides: { process: () => process(input.x, h, 1) } };
  },
  process: (compiled, params, examples) => {
    const x = Float32Array.from((examples[0] as { readonly x: ReadonlyArray<number> }).x);
    const y = new Float32Array(x.length);
    const { process } = compiled.stream(params);
    const run = () => process(x, y, x.length);
    run();
    const batch = compiled.pack(examples);
    return { outcome: Array.from(y), run, besides: { forward: () => void compiled.forward(params, batch) } };
  },
  generate: (compiled, params) => {
    const generated = () => compiled.generate(params, { length: 1000, choose: "mode", seed: 1 });
    return { outcome: generated().values.y![0], run: () => void generated() };
  },
};

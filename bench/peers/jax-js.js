import { readFileSync } from "node:fs";
import { defaultDevice, init, jit, numpy as np } from "@jax-js/jax";
import { affine, crossEntropy, kept, lstm, lstmStep, product, tanhNetwork, translation } from "./jax-js/networks.js";
import { adam, gradients, sgd, training } from "./jax-js/training.js";
import { gruParts, lstmParts, lstmShapes, steps, translationShapes } from "./parameters.js";
import { serve } from "./serve.js";

/**
 * jax-js on its WebAssembly device. It has no scan: the steps are unrolled while tracing, and one compiled function does
 * the whole iteration; reading a result makes it happen. Arrays are counted references; a traced function may keep all
 * of its own.
 */
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.resolve("@jax-js/jax")), "utf8"));

const workloads = {
  W1: ({ params, examples }) => {
    const weights = arrays(
      { E: params.E, O: params.O, c: params.c, ...lstmParts(params) },
      { E: [65, 64], O: [65, 128], c: [65], ...lstmShapes(64, 128) },
    );
    const data = {
      x: steps(examples, "x").map((symbols) => oneHots(symbols, 65)),
      y: oneHots(steps(examples, "y").flat(), 65),
    };
    const loss = (given, { x, y }) => {
      const table = product(given.E, given.W);
      const states = lstm(
        x.map((symbols) => np.matmul(symbols.ref, table.ref)),
        given,
        32,
        128,
      );
      return crossEntropy(affine(np.concatenate(states, 0), given.O, given.c), y, 32);
    };
    return training(loss, weights, data, adam);
  },
  W2: ({ params, examples }) => {
    const weights = arrays(params, { U: [32, 4], W: [32, 32], V: [3, 32], b: [32], c: [3] });
    const data = { x: examples[0].x.map((values) => np.array([values])), y: oneHots(examples[0].y, 3) };
    const loss = (given, { x, y }) =>
      crossEntropy(affine(np.concatenate(tanhNetwork(x, given), 0), given.V, given.c), y, 1);
    return training(loss, weights, data, sgd);
  },
  W3: ({ params, examples }) => {
    const weights = arrays(lstmParts(params), lstmShapes(65, 128));
    const x = np.array(examples[0].x);
    const step = jit((given, input, state) => lstmStep(affine(input, given.W, given.b), given.U, state));
    let state = [np.zeros([1, 128]), np.zeros([1, 128])];
    const run = () => {
      state = step(kept(weights), x.ref, state);
      return state[0].ref.dataSync();
    };
    return { outcome: Array.from(run()), variants: { "compiled step": run } };
  },
  W3loop: ({ params }) => {
    const weights = arrays(
      { O: params.O, c: params.c, ...lstmParts(params) },
      { O: [65, 128], c: [65], ...lstmShapes(65, 128) },
    );
    const rows = np.add(np.transpose(weights.W.ref), weights.b.ref);
    const step = jit((given, table, symbol, state) => {
      const next = lstmStep(np.take(table, symbol, 0), given.U, state);
      return [np.argmax(affine(next[0], given.O, given.c), 1), next];
    });
    const loop = () => {
      let symbol = np.array([0], { dtype: np.int32 });
      let state = [np.zeros([1, 128]), np.zeros([1, 128])];
      return Array.from({ length: 1000 }, () => {
        [symbol, state] = step(kept(weights), rows.ref, symbol, state);
        return symbol.ref.dataSync()[0];
      });
    };
    return { outcome: loop(), variants: { "compiled step": loop } };
  },
  W4: ({ params, examples }) => {
    const weights = arrays({ ...params, ...gruParts(params, "h"), ...gruParts(params, "s") }, translationShapes);
    const hot = (name) => steps(examples, name).map((symbols) => oneHots(symbols, 1000));
    const y = hot("y");
    const before = [oneHots(Array(16).fill(0), 1000), ...y.slice(0, -1)];
    const loss = (given, { x, before, y }) => crossEntropy(translation(x, before, given), y, 16);
    return training(loss, weights, { x: hot("x"), before: kept(before), y: np.concatenate(kept(y), 0) }, adam);
  },
  W5: ({ params, examples }) => {
    const weights = arrays(lstmParts(params), lstmShapes(512, 512));
    const x = steps(examples, "x").map((values) => np.array(values));
    const loss = (given, g) => {
      const projected = given.x.map((values) => product(values, given.W));
      const states = lstm(projected, given, 64, 512);
      return np.multiply(np.sum(np.multiply(np.concatenate(states, 0), g)), 1 / 64);
    };
    return gradients(loss, { ...weights, x }, np.array(steps(examples, "g").flat()));
  },
};

function arrays(values, shapes) {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, np.array(Float32Array.from(values[name])).reshape(shape)]),
  );
}

function oneHots(symbols, count) {
  return np.array(symbols.map((symbol) => Array.from({ length: count }, (_, i) => +(i === symbol))));
}

await init("wasm");
defaultDevice("wasm");
await serve(
  `jax-js ${version}`,
  (task) => workloads[task.name]?.(task) ?? { cannot: "no scan: tracing 10000 steps takes minutes" },
);

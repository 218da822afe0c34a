import { createRequire } from "node:module";
import { gruParts, lstmParts, lstmShapes, steps, translationShapes } from "./parameters.js";
import { serve } from "./serve.js";

/**
 * TensorFlow.js on its WebAssembly backend. Weights of the gates stand below each other and the inputs of all steps
 * are multiplied at once; look-ups are products with one-hot rows, as the backend has no derivative of a gather.
 */
const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
const { setThreadsCount, version_wasm: backend } = require("@tensorflow/tfjs-backend-wasm");
setThreadsCount(1);
tf.enableProdMode();

const workloads = {
  W1: ({ params, examples }) => {
    const weights = variables(
      { E: params.E, O: params.O, c: params.c, ...lstmParts(params) },
      { E: [65, 64], O: [65, 128], c: [65], ...lstmShapes(64, 128) },
    );
    const [x, y] = [oneHots(examples, "x", 65), oneHots(examples, "y", 65)];
    const loss = () => {
      const states = lstm(tf.matMul(x, weights.E), weights, 64, 32, 128);
      return crossEntropy(affine(tf.concat(states, 0), weights.O, weights.c), y, 32);
    };
    return training(loss, tf.train.adam(1e-4));
  },
  W2: ({ params, examples }) => {
    const weights = variables(params, { U: [32, 4], W: [32, 32], V: [3, 32], b: [32], c: [3] });
    const [x, y] = [tf.tensor2d(examples[0].x), oneHots(examples, "y", 3)];
    const loss = () => crossEntropy(affine(tf.concat(tanhNetwork(x, weights, 20), 0), weights.V, weights.c), y, 1);
    return training(loss, tf.train.sgd(1e-4));
  },
  W3: ({ params, examples }) => {
    const weights = variables(lstmParts(params), lstmShapes(65, 128));
    const x = tf.tensor2d(examples[0].x);
    let state = [tf.zeros([1, 128]), tf.zeros([1, 128])];
    const outcome = Array.from(
      tf.tidy(() => lstmStep(affine(x, weights.W, weights.b), weights.U, state)[0]).dataSync(),
    );
    const run = () => {
      const before = state;
      state = tf.tidy(() => lstmStep(affine(x, weights.W, weights.b), weights.U, before));
      tf.dispose(before);
    };
    return { outcome, variants: { wasm: run } };
  },
  W3loop: ({ params }) => {
    const weights = variables(
      { O: params.O, c: params.c, ...lstmParts(params) },
      { O: [65, 128], c: [65], ...lstmShapes(65, 128) },
    );
    // What a symbol adds to the gates is looked up.
    const rows = tf.tidy(() => tf.add(tf.transpose(weights.W), weights.b));
    const loop = () => {
      let state = [tf.zeros([1, 128]), tf.zeros([1, 128])];
      let symbol = 0;
      return Array.from({ length: 1000 }, () => {
        const before = state;
        const [h, c, best] = tf.tidy(() => {
          const next = lstmStep(tf.slice(rows, [symbol, 0], [1, 512]), weights.U, before);
          return [...next, tf.argMax(affine(next[0], weights.O, weights.c), 1)];
        });
        symbol = best.dataSync()[0];
        tf.dispose([before, best]);
        state = [h, c];
        return symbol;
      });
    };
    return { outcome: loop(), variants: { wasm: loop } };
  },
  W4: ({ params, examples }) => {
    const weights = variables(
      { ...params, ...gruParts(params, "h"), ...gruParts(params, "s") },
      { ...translationShapes, v: [256, 1] },
    );
    const [x, y] = [oneHots(examples, "x", 1000), oneHots(examples, "y", 1000)];
    const before = oneHots(
      examples.map(({ y: given }) => ({ y: [0, ...given.slice(0, -1)] })),
      "y",
      1000,
    );
    return training(() => crossEntropy(translation(x, before, weights), y, 16), tf.train.adam(1e-4));
  },
  W5: ({ params, examples }) => {
    const weights = variables(
      { ...lstmParts(params), x: steps(examples, "x").flat(2) },
      { ...lstmShapes(512, 512), x: [3200, 512] },
    );
    const g = tf.tensor2d(steps(examples, "g").flat());
    const loss = () => tf.mul(tf.sum(tf.mul(tf.concat(lstm(weights.x, weights, 50, 64, 512), 0), g)), 1 / 64);
    return gradients(loss);
  },
  W6: ({ params, examples }) => {
    const weights = variables(params, { U: [64, 8], W: [64, 64], b: [64] });
    const [x, g] = [tf.tensor2d(examples[0].x), tf.tensor2d(examples[0].g)];
    return gradients(() => tf.sum(tf.mul(tf.concat(tanhNetwork(x, weights, 10000), 0), g)));
  },
};

/** All variables are trained; the loss's gradient by all of them is one iteration. */
function gradients(loss) {
  const run = () => {
    const { value, grads } = tf.variableGrads(loss);
    const outcome = value.dataSync()[0];
    tf.dispose([value, grads]);
    return outcome;
  };
  return { outcome: tf.tidy(() => loss().dataSync()[0]), variants: { wasm: run } };
}

function training(loss, optimiser) {
  return { outcome: tf.tidy(() => loss().dataSync()[0]), variants: { wasm: () => void optimiser.minimize(loss) } };
}

function variables(values, shapes) {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, tf.variable(tf.tensor(values[name], shape))]),
  );
}

function affine(x, weight, bias) {
  return tf.add(tf.matMul(x, weight, false, true), bias);
}

function crossEntropy(logits, targets, count) {
  return tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits), targets)), -1 / count);
}

function lstm(x, { W, U, b }, length, size, n) {
  let state = [tf.zeros([size, n]), tf.zeros([size, n])];
  return tf.split(affine(x, W, b), length, 0).map((projected) => {
    state = lstmStep(projected, U, state);
    return state[0];
  });
}

function lstmStep(projected, U, [h, c]) {
  const n = h.shape[1];
  const [gates, written] = tf.split(tf.add(projected, tf.matMul(h, U, false, true)), [3 * n, n], 1);
  const [i, f, o] = tf.split(tf.sigmoid(gates), 3, 1);
  const next = tf.add(tf.mul(f, c), tf.mul(i, tf.tanh(written)));
  return [tf.mul(o, tf.tanh(next)), next];
}

function tanhNetwork(x, { U, W, b }, length) {
  let h = tf.zeros([1, b.shape[0]]);
  return tf.split(affine(x, U, b), length, 0).map((projected) => {
    h = tf.tanh(tf.add(projected, tf.matMul(h, W, false, true)));
    return h;
  });
}

function gruStep(projected, U, d, h) {
  const [r, z, n] = tf.split(projected, 3, 1);
  const [ur, uz, un] = tf.split(affine(h, U, d), 3, 1);
  const keep = tf.sigmoid(tf.add(z, uz));
  const written = tf.tanh(tf.add(n, tf.mul(tf.sigmoid(tf.add(r, ur)), un)));
  return tf.add(written, tf.mul(keep, tf.sub(h, written)));
}

function translation(x, before, weights) {
  let h = tf.zeros([16, 256]);
  const read = tf.split(affine(tf.matMul(x, weights.D), weights["h.W"], weights["h.b"]), 20, 0).map((projected) => {
    h = gruStep(projected, weights["h.U"], weights["h.d"], h);
    return h;
  });
  const states = tf.stack(read, 1);
  const keys = tf.reshape(tf.matMul(tf.concat(read, 0), weights.Ua, false, true), [20, 16, 256]);
  const written = tf.split(tf.matMul(before, weights.E), 20, 0).map((embedded) => {
    const query = tf.matMul(h, weights.Wa, false, true);
    const scores = tf.matMul(tf.reshape(tf.tanh(tf.add(keys, query)), [320, 256]), weights.v);
    const attended = tf.softmax(tf.transpose(tf.reshape(scores, [20, 16])));
    const context = tf.reshape(tf.matMul(tf.reshape(attended, [16, 1, 20]), states), [16, 256]);
    const projected = affine(tf.concat([embedded, context], 1), weights["s.W"], weights["s.b"]);
    h = gruStep(projected, weights["s.U"], weights["s.d"], h);
    return h;
  });
  return affine(tf.concat(written, 0), weights.O, weights.c);
}

function oneHots(examples, name, count) {
  const symbols = steps(examples, name).flat();
  return tf.tensor2d(symbols.map((symbol) => Array.from({ length: count }, (_, i) => +(i === symbol))));
}

await tf.setBackend("wasm");
await serve(`TensorFlow.js ${tf.version_core}, WebAssembly ${backend}`, (task) => workloads[task.name](task));

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { serve } from "./serve.js";

/** recurrent-js: a graph of operations on matrices of double precision, one example after the other. */
const require = createRequire(import.meta.url);
const { Graph, Mat } = require("recurrent-js");
const { version } = JSON.parse(readFileSync(require.resolve("recurrent-js/package.json"), "utf8"));

/** @typedef {Record<string, any>} Mats */

const reasons = { W4: "no softmax or sum among its operations", W5: "over a minute an iteration" };

const lstmShapes = (k, n) =>
  Object.fromEntries(
    [..."ifco"].flatMap((gate) => [
      [`h.W${gate}`, [n, k]],
      [`h.U${gate}`, [n, n]],
      [`h.b${gate}`, [n, 1]],
    ]),
  );

const shapesOf = {
  W1: { E: [65, 64], O: [65, 128], c: [65, 1], ...lstmShapes(64, 128) },
  W2: { U: [32, 4], W: [32, 32], V: [3, 32], b: [32, 1], c: [3, 1] },
  W3: lstmShapes(65, 128),
  W3loop: { O: [65, 128], c: [65, 1], ...lstmShapes(65, 128) },
  W6: { U: [64, 8], W: [64, 64], b: [64, 1] },
};

const workloads = {
  W1: (mats, examples) =>
    training(mats, examples, adam(mats, 1e-4), (graph, { x }) => {
      let state = { h: new Mat(128, 1), c: new Mat(128, 1) };
      return x.map((symbol) => {
        state = lstm(graph, mats, graph.rowPluck(mats.E, symbol), state);
        return graph.add(graph.mul(mats.O, state.h), mats.c);
      });
    }),
  W2: (mats, examples) =>
    training(mats, examples, sgd(mats, 1e-4), (graph, { x }) =>
      tanhNetwork(graph, mats, x).map((h) => graph.add(graph.mul(mats.V, h), mats.c)),
    ),
  W3: (mats, examples) => {
    const graph = new Graph();
    const x = vector(examples[0].x[0]);
    const zero = { h: new Mat(128, 1), c: new Mat(128, 1) };
    let state = zero;
    return {
      outcome: Array.from(lstm(graph, mats, x, zero).h.w),
      variants: {
        graph: () => {
          state = lstm(graph, mats, x, state);
        },
      },
    };
  },
  W3loop: (mats) => {
    const graph = new Graph();
    const symbols = Array.from({ length: 65 }, (_, symbol) =>
      vector(Array.from({ length: 65 }, (_, i) => +(i === symbol))),
    );
    const loop = () => {
      let state = { h: new Mat(128, 1), c: new Mat(128, 1) };
      let symbol = 0;
      return Array.from({ length: 1000 }, () => {
        state = lstm(graph, mats, symbols[symbol], state);
        const { w } = graph.add(graph.mul(mats.O, state.h), mats.c);
        symbol = w.reduce((best, value, i) => (value > w[best] ? i : best), 0);
        return symbol;
      });
    };
    return { outcome: loop(), variants: { graph: loop } };
  },
  W6: (mats, [{ x, g }]) => {
    const graph = new Graph();
    const run = () => {
      graph.forgetCurrentSequence();
      graph.memorizeOperationSequence(true);
      forget(mats);
      const states = tanhNetwork(graph, mats, x);
      for (const [t, { dw }] of states.entries()) dw.set(g[t]);
      graph.backward();
      return states.reduce((sum, h, t) => sum + h.w.reduce((dot, value, i) => dot + value * g[t][i], 0), 0);
    };
    return { outcome: run(), variants: { graph: run } };
  },
};

/** A step of training on all examples; the logits' gradient is the user's to give. */
function training(mats, examples, descend, logitsOf) {
  const graph = new Graph();
  const run = () => {
    forget(mats);
    let loss = 0;
    for (const example of examples) {
      graph.forgetCurrentSequence();
      graph.memorizeOperationSequence(true);
      const logits = logitsOf(graph, example);
      logits.forEach((values, t) => {
        loss += crossEntropy(values, example.y[t], examples.length);
      });
      graph.backward();
    }
    descend();
    return loss / examples.length;
  };
  return { outcome: run(), variants: { graph: run } };
}

function crossEntropy({ w, dw }, target, count) {
  const greatest = w.reduce((a, b) => Math.max(a, b));
  const sum = w.reduce((total, value) => total + Math.exp(value - greatest), 0);
  for (let i = 0; i < w.length; i += 1) dw[i] = (Math.exp(w[i] - greatest) / sum - +(i === target)) / count;
  return greatest + Math.log(sum) - w[target];
}

function lstm(graph, mats, x, { h, c }) {
  const gate = (name) =>
    graph.add(graph.add(graph.mul(mats[`h.W${name}`], x), graph.mul(mats[`h.U${name}`], h)), mats[`h.b${name}`]);
  const kept = graph.eltmul(graph.sig(gate("f")), c);
  const next = graph.add(kept, graph.eltmul(graph.sig(gate("i")), graph.tanh(gate("c"))));
  return { h: graph.eltmul(graph.sig(gate("o")), graph.tanh(next)), c: next };
}

function tanhNetwork(graph, { U, W, b }, x) {
  let h = new Mat(b.rows, 1);
  return x.map((values) => {
    h = graph.tanh(graph.add(graph.add(graph.mul(W, h), graph.mul(U, vector(values))), b));
    return h;
  });
}

function sgd(mats, rate) {
  return () => {
    for (const { w, dw } of Object.values(mats)) for (let i = 0; i < w.length; i += 1) w[i] -= rate * dw[i];
  };
}

/** The library's own solver is another; this one is as fast as plain loops are. */
function adam(mats, rate) {
  const memories = Object.values(mats).map(({ w }) => [new Float64Array(w.length), new Float64Array(w.length)]);
  let steps = 0;
  return () => {
    steps += 1;
    const scale = (rate * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
    Object.values(mats).forEach(({ w, dw }, at) => {
      const [first, second] = memories[at];
      for (let i = 0; i < w.length; i += 1) {
        first[i] = 0.9 * first[i] + 0.1 * dw[i];
        second[i] = 0.999 * second[i] + 0.001 * dw[i] * dw[i];
        w[i] -= (scale * first[i]) / (Math.sqrt(second[i]) + 1e-8);
      }
    });
  };
}

function forget(mats) {
  for (const { dw } of Object.values(mats)) dw.fill(0);
}

function mat(rows, cols, values) {
  const made = new Mat(rows, cols);
  made.w.set(values);
  return made;
}

function vector(values) {
  return mat(values.length, 1, values);
}

await serve(`recurrent-js ${version}`, ({ name, params, examples }) => {
  const shapes = shapesOf[name];
  if (shapes === undefined) return { cannot: reasons[name] };
  const mats = Object.fromEntries(
    Object.entries(shapes).map(([path, [rows, cols]]) => [path, mat(rows, cols, params[path])]),
  );
  return workloads[name](mats, examples);
});

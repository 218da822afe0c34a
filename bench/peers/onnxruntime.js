import { createRequire } from "node:module";
import * as onnx from "./onnx/model.js";
import { serve } from "./serve.js";

/** ONNX Runtime: inference alone. The loop is ONNX's Loop, so that one call makes all 1000 steps. */
const require = createRequire(import.meta.url);
const { InferenceSession, Tensor, env } = require("onnxruntime-node");
const { float, integer, truth } = onnx;
const [n, k, steps] = [128, 65, 1000];

const workloads = {
  W3: async ({ params, examples }) => {
    const session = await opened({
      nodes: [lstm("x", "h", "c", "")],
      constants: lstmWeights(params),
      inputs: [onnx.variable("x", float, [1, 1, k]), ...states("")],
      outputs: [...states("Next")],
    });
    const x = new Tensor("float32", Float32Array.from(examples[0].x[0]), [1, 1, k]);
    const zero = new Tensor("float32", new Float32Array(n), [1, 1, n]);
    let state = { hNext: zero, cNext: zero };
    const run = async () => {
      state = await session.run({ x, h: state.hNext, c: state.cNext });
    };
    await run();
    return { outcome: Array.from(state.hNext.data), variants: { "LSTM node": run } };
  },
  W3loop: async ({ params }) => {
    const loops = { "LSTM node": await loop(operatorBody(params)), "written out": await loop(writtenBody(params)) };
    const zero = new Tensor("float32", new Float32Array(n), [1, 1, n]);
    const runs = Object.entries(loops).map(([name, session]) => [name, () => session.run({ h: zero, c: zero })]);
    const { symbols } = await runs[0][1]();
    return { outcome: Array.from(symbols.data, Number), variants: Object.fromEntries(runs) };
  },
  W7: async ({ params, examples }) => {
    const [units, length] = [24, examples[0].x.length];
    const wide = (name) => onnx.variable(name, float, [1, 1, units]);
    const session = await opened({
      nodes: [
        onnx.node("LSTM", ["x", "W", "R", "B", "", "h", "c"], ["all", "hNext", "cNext"], { hidden_size: units }),
        onnx.node("MatMul", ["all", "V"], ["sums"]),
        onnx.node("Add", ["sums", "bias"], ["y"]),
      ],
      constants: [
        ...lstmWeights(params, units, 1),
        onnx.constant("V", [units, 1], Float32Array.from(params.V)),
        onnx.constant("bias", [1], Float32Array.from(params.c)),
      ],
      inputs: [onnx.variable("x", float, [length, 1, 1]), wide("h"), wide("c")],
      outputs: [onnx.variable("y", float, [length, 1, 1, 1]), wide("hNext"), wide("cNext")],
    });
    const x = new Tensor("float32", Float32Array.from(examples[0].x), [length, 1, 1]);
    const zero = new Tensor("float32", new Float32Array(units), [1, 1, units]);
    let state = { hNext: zero, cNext: zero };
    const run = async () => {
      state = await session.run({ x, h: state.hNext, c: state.cNext });
    };
    await run();
    return { outcome: Array.from(state.y.data), variants: { "LSTM node": run } };
  },
};

const prepare = (task) => workloads[task.name]?.(task) ?? { cannot: "no training" };

const opened = (parts) =>
  InferenceSession.create(onnx.modelBytes(onnx.graph(parts)), { intraOpNumThreads: 1, interOpNumThreads: 1 });

const states = (suffix) => ["h", "c"].map((name) => onnx.variable(`${name}${suffix}`, float, [1, 1, n]));

/** A loop over a body that takes a symbol and a state to the next ones. */
const loop = ({ nodes, constants }) => {
  const body = onnx.graph({
    nodes: [onnx.node("Identity", ["on"], ["stillOn"]), ...nodes, onnx.node("Identity", ["symbolNext"], ["found"])],
    constants,
    inputs: [
      onnx.variable("step", integer, []),
      onnx.variable("on", truth, []),
      onnx.variable("symbol", integer, [1]),
      ...states(""),
    ],
    outputs: [
      onnx.variable("stillOn", truth, []),
      onnx.variable("symbolNext", integer, [1]),
      ...states("Next"),
      onnx.variable("found", integer, [1]),
    ],
  });
  return opened({
    nodes: [
      onnx.node("Loop", ["count", "", "first", "h", "c"], ["last", "hLast", "cLast", "symbols"], {
        body: { graph: body },
      }),
    ],
    constants: [
      onnx.constant("count", [], BigInt64Array.of(BigInt(steps))),
      onnx.constant("first", [1], BigInt64Array.of(0n)),
    ],
    inputs: states(""),
    outputs: [onnx.variable("symbols", integer, [steps, 1])],
  });
};

const operatorBody = (params) => ({
  nodes: [
    onnx.node("Gather", ["rows", "symbol"], ["row"]),
    onnx.node("Unsqueeze", ["row", "front"], ["x"]),
    lstm("x", "h", "c", ""),
    ...mostProbable("hNext"),
  ],
  constants: [...lstmWeights(params), ...linearWeights(params), onnx.constant("rows", [k, k], identity()), front],
});

/** What a symbol adds to the gates is looked up, and the gates are written out. */
const writtenBody = (params) => {
  const gates = ["i", "o", "f", "g"];
  return {
    nodes: [
      onnx.node("Gather", ["projected", "symbol"], ["row"]),
      onnx.node("Squeeze", ["h", "front"], ["before"]),
      onnx.node("Squeeze", ["c", "front"], ["kept"]),
      onnx.node("Gemm", ["before", "R", "row"], ["sums"]),
      onnx.node(
        "Split",
        ["sums"],
        gates.map((gate) => `${gate}Sum`),
        { axis: 1 },
      ),
      ...gates.map((gate) => onnx.node(gate === "g" ? "Tanh" : "Sigmoid", [`${gate}Sum`], [gate])),
      onnx.node("Mul", ["f", "kept"], ["fc"]),
      onnx.node("Mul", ["i", "g"], ["ig"]),
      onnx.node("Add", ["fc", "ig"], ["cell"]),
      onnx.node("Tanh", ["cell"], ["shown"]),
      onnx.node("Mul", ["o", "shown"], ["state"]),
      onnx.node("Unsqueeze", ["state", "front"], ["hNext"]),
      onnx.node("Unsqueeze", ["cell", "front"], ["cNext"]),
      onnx.node("Gemm", ["state", "O", "bias"], ["logits"]),
      onnx.node("ArgMax", ["logits"], ["symbolNext"], { axis: 1, keepdims: 0 }),
    ],
    constants: [
      onnx.constant("R", [n, 4 * n], transposed(stacked(params, "U"), 4 * n, n)),
      onnx.constant("projected", [k, 4 * n], projected(params)),
      ...linearWeights(params),
      front,
    ],
  };
};

const lstm = (x, h, c, output) =>
  onnx.node("LSTM", [x, "W", "R", "B", "", h, c], [output, "hNext", "cNext"], { hidden_size: n });

const mostProbable = (h) => [
  onnx.node("Squeeze", [h, "front"], ["state"]),
  onnx.node("Gemm", ["state", "O", "bias"], ["logits"]),
  onnx.node("ArgMax", ["logits"], ["symbolNext"], { axis: 1, keepdims: 0 }),
];

/** ONNX's order of gates is i, o, f, c; its second bias is 0. */
const stacked = (params, form) => Float32Array.from([..."iofc"].flatMap((gate) => params[`h.${form}${gate}`]));

const lstmWeights = (params, units = n, inputs = k) => [
  onnx.constant("W", [1, 4 * units, inputs], stacked(params, "W")),
  onnx.constant("R", [1, 4 * units, units], stacked(params, "U")),
  onnx.constant("B", [1, 8 * units], Float32Array.from([...stacked(params, "b"), ...new Float32Array(4 * units)])),
];

const linearWeights = (params) => [
  onnx.constant("O", [n, k], transposed(params.O, k, n)),
  onnx.constant("bias", [k], Float32Array.from(params.c)),
];

const projected = (params) => {
  const bias = stacked(params, "b");
  return transposed(stacked(params, "W"), 4 * n, k).map((value, i) => value + bias[i % (4 * n)]);
};

const transposed = (values, rows, columns) =>
  Float32Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);

const identity = () => Float32Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));

const front = onnx.constant("front", [1], BigInt64Array.of(0n));

await serve(`ONNX Runtime ${env.versions.node}`, prepare);

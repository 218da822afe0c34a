import type { Dialect, Layer, Part } from "./dialect.ts";

/**
 * `torch.nn`, version 2: `weight_ih_l0` and `weight_hh_l0` have their gates one below the other, `bias_ih_l0` and
 * `bias_hh_l0` are added (but in the candidate of a GRU, whose second stands behind the reset gate); a second layer has `_l1`,
 * one that runs backwards `_reverse`. Linear and Embedding keep their matrices as the language has them.
 */
const tensorsOf = (gates: number): Layer["tensors"] => ({
  weight_ih: { form: "matrix", gates },
  weight_hh: { form: "matrix", gates },
  bias_ih: { form: "vector", gates, isOptional: true },
  bias_hh: { form: "vector", gates, isOptional: true },
});

/** No option changes these. */
const gated: Layer["functions"] = {
  gate: { option: "", known: ["sigmoid"] },
  f: { option: "", known: ["tanh"] },
};

const both = (gate: number): ReadonlyArray<Part> => [
  { tensor: "bias_ih", gate },
  { tensor: "bias_hh", gate },
];

/** i, f, g, o. */
const lstm: Layer["parameters"] = Object.fromEntries(
  ["i", "f", "c", "o"].flatMap((letter, gate) => [
    [`W${letter}`, [{ tensor: "weight_ih", gate }]],
    [`U${letter}`, [{ tensor: "weight_hh", gate }]],
    [`b${letter}`, both(gate)],
  ]),
);

/** r, z, n. */
const gru: Layer["parameters"] = Object.fromEntries(
  ["r", "z", "h"].flatMap((letter, gate) => [
    [`W${letter}`, [{ tensor: "weight_ih", gate }]],
    [`U${letter}`, [{ tensor: "weight_hh", gate }]],
    [`b${letter}`, [{ tensor: "bias_ih", gate }]],
    [`c${letter}`, [{ tensor: "bias_hh", gate }]],
  ]),
);

export const pytorch: Dialect = {
  name: "PyTorch",
  blocks: "rows",
  separators: /\./,
  layers: {
    RNN: {
      module: "nn.RNN",
      word: "rnn",
      functions: { f: { option: "nonlinearity", known: ["tanh", "relu"] } },
      parameters: {
        U: [{ tensor: "weight_ih", gate: 0 }],
        W: [{ tensor: "weight_hh", gate: 0 }],
        b: both(0),
      },
      tensors: tensorsOf(1),
    },
    LSTM: { module: "nn.LSTM", word: "lstm", functions: gated, parameters: lstm, tensors: tensorsOf(4) },
    ProjectedLSTM: {
      module: "nn.LSTM with proj_size",
      word: "lstm",
      functions: gated,
      parameters: { ...lstm, Wp: [{ tensor: "weight_hr", gate: 0 }] },
      tensors: { ...tensorsOf(4), weight_hr: { form: "matrix", gates: 1 } },
    },
    GRUResetAfter: { module: "nn.GRU", word: "gru", functions: gated, parameters: gru, tensors: tensorsOf(3) },
  },
  alike: {
    RNNConcat: "RNN",
    GRU: "GRUResetAfter",
    GRUWithoutBias: "GRUResetAfter",
    ChronoGRU: "GRUResetAfter",
    LSTMConcat: "LSTM",
    LSTM1997: "LSTM",
    PeepholeLSTM: "LSTM",
    ChronoLSTM: "LSTM",
  },
  recurrent: "weight_hh",
  placeOf: (name) => {
    const [, layer = "", tensor, level = "0", reverse] =
      /^(?:(.*)\.)?((?:weight|bias)_(?:ih|hh|hr))(?:_l(\d+))?(_reverse)?$/.exec(name) ?? [];
    return tensor === undefined
      ? undefined
      : { layer, tensor, level: Number(level), isBackward: reverse !== undefined };
  },
  tensorName: ({ layer, level, isBackward }, tensor) =>
    `${layer === "" ? "" : `${layer}.`}${tensor}_l${level}${isBackward ? "_reverse" : ""}`,
  transposed: [],
};

import { alikeCells, type Dialect, type Layer, type Part, type TensorForm } from "./dialect.ts";

/**
 * ONNX's recurrent operations: W, R, B and P have their gates one below the other, B those of W's product and of R's. The
 * update gate of its GRU keeps the old state: GRUResetAfter has the same (`linear_before_reset`), GRU lets the new one in, so that
 * its gate is the other's of the opposite argument. `onnx-layers.ts` names tensors so.
 */
const tensorsOf = (gates: number, W = "W"): Layer["tensors"] => ({
  [W]: { form: "matrix", gates },
  R: { form: "matrix", gates },
  B: { form: "two vectors", gates, isOptional: true },
});

const peepholes: TensorForm = { form: "vector", gates: 3 };

/** The tensor W of a GRU whose reset gate acts after the matrix: what tells the two kinds apart. */
export const resetAfterTensor = "W(linear_before_reset)";

const bias = (gate: number, sign: { readonly sign?: -1 } = {}): ReadonlyArray<Part> => [
  { tensor: "B", gate, row: 0, ...sign },
  { tensor: "B", gate, row: 1, ...sign },
];

const gate = (
  letter: string,
  at: number,
  W = "W",
  sign: { readonly sign?: -1 } = {},
): ReadonlyArray<readonly [string, ReadonlyArray<Part>]> => [
  [`W${letter}`, [{ tensor: W, gate: at, ...sign }]],
  [`U${letter}`, [{ tensor: "R", gate: at, ...sign }]],
  [`b${letter}`, bias(at, sign)],
];

/** i, o, f, c. */
const lstm: Layer["parameters"] = Object.fromEntries(["i", "o", "f", "c"].flatMap((letter, at) => gate(letter, at)));

const gated: Layer["functions"] = {
  gate: { option: "", known: ["sigmoid"] },
  f: { option: "", known: ["tanh"] },
};

export const onnx: Dialect = {
  name: "ONNX",
  blocks: "rows",
  separators: /[./:]/,
  layers: {
    RNN: {
      module: "RNN",
      word: "rnn",
      functions: { f: { option: "activations", known: ["tanh", "relu"] } },
      parameters: { U: [{ tensor: "W", gate: 0 }], W: [{ tensor: "R", gate: 0 }], b: bias(0) },
      tensors: tensorsOf(1),
    },
    LSTM: { module: "LSTM", word: "lstm", functions: gated, parameters: lstm, tensors: tensorsOf(4) },
    PeepholeLSTM: {
      module: "LSTM with peepholes",
      word: "lstm",
      functions: gated,
      parameters: {
        ...lstm,
        ...Object.fromEntries(["i", "o", "f"].map((letter, at) => [`p${letter}`, [{ tensor: "P", gate: at }]])),
      },
      tensors: { ...tensorsOf(4), P: peepholes },
    },
    GRU: {
      module: "GRU",
      word: "gru",
      functions: gated,
      parameters: Object.fromEntries([...gate("z", 0, "W", { sign: -1 }), ...gate("r", 1), ...gate("h", 2)]),
      tensors: tensorsOf(3),
    },
    GRUResetAfter: {
      module: "GRU with linear_before_reset",
      word: "gru",
      functions: gated,
      parameters: Object.fromEntries(
        ["z", "r", "h"].flatMap(
          (letter, at): ReadonlyArray<readonly [string, ReadonlyArray<Part>]> => [
            ...gate(letter, at, resetAfterTensor).slice(0, 2),
            [`b${letter}`, [{ tensor: "B", gate: at, row: 0 }]],
            [`c${letter}`, [{ tensor: "B", gate: at, row: 1 }]],
          ],
        ),
      ),
      tensors: tensorsOf(3, resetAfterTensor),
    },
  },
  alike: alikeCells,
  recurrent: "R",
  placeOf: (name) => {
    const [, layer, tensor, reverse] = /^(.*):(W(?:\(linear_before_reset\))?|R|B|P)(:reverse)?$/.exec(name) ?? [];
    return layer === undefined || tensor === undefined
      ? undefined
      : { layer, tensor, level: 0, isBackward: reverse !== undefined };
  },
  tensorName: ({ layer, isBackward }, tensor) => `${layer}:${tensor}${isBackward ? ":reverse" : ""}`,
  transposed: [],
};

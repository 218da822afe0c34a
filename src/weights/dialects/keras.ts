import { alikeCells, type Dialect, type Layer, type LayerFunction, type Part, type TensorForm } from "./dialect.ts";

/**
 * Keras, versions 2 and 3: `kernel` and `recurrent_kernel` stand behind what they are multiplied by, so they are transposed,
 * with gates side by side. The update gate of its GRU keeps the old state: GRUResetAfter has the same (`reset_after`, the
 * default, with a row of biases for each product), GRU lets the new one in, so that its gate is the other's of the opposite
 * argument, 1 - sigmoid(a) = sigmoid(-a).
 */
const tensorsOf = (gates: number, bias: TensorForm["form"] = "vector"): Layer["tensors"] => ({
  kernel: { form: "matrix", gates },
  recurrent_kernel: { form: "matrix", gates },
  bias: { form: bias, gates, isOptional: true },
});

/** Activations that mean the same under the same name: its gelu is another. */
const others = ["relu", "elu", "softplus"] as const;
const activation: LayerFunction = { option: "activation", known: ["tanh", "sigmoid", ...others] };
const recurrent: LayerFunction = { option: "recurrent_activation", known: ["sigmoid", "tanh", ...others] };

/** Of one gate its two matrices and its bias. */
const gate = (letter: string, part: Omit<Part, "tensor">): ReadonlyArray<readonly [string, ReadonlyArray<Part>]> => [
  [`W${letter}`, [{ tensor: "kernel", ...part }]],
  [`U${letter}`, [{ tensor: "recurrent_kernel", ...part }]],
  [`b${letter}`, [{ tensor: "bias", ...part }]],
];

export const keras: Dialect = {
  name: "Keras",
  blocks: "columns",
  separators: /[./]/,
  layers: {
    RNN: {
      module: "SimpleRNN",
      word: "simplernn",
      functions: { f: activation },
      parameters: {
        U: [{ tensor: "kernel", gate: 0 }],
        W: [{ tensor: "recurrent_kernel", gate: 0 }],
        b: [{ tensor: "bias", gate: 0 }],
      },
      tensors: tensorsOf(1),
    },
    LSTM: {
      module: "LSTM",
      word: "lstm",
      functions: { gate: recurrent, f: activation },
      parameters: Object.fromEntries(["i", "f", "c", "o"].flatMap((letter, i) => gate(letter, { gate: i }))),
      tensors: tensorsOf(4),
    },
    GRU: {
      module: "GRU with reset_after=False",
      word: "gru",
      // A gate of the opposite argument is what is left of 1 for the sigmoid alone.
      functions: { gate: { option: "recurrent_activation", known: ["sigmoid"] }, f: activation },
      parameters: Object.fromEntries([
        ...gate("z", { gate: 0, sign: -1 }),
        ...gate("r", { gate: 1 }),
        ...gate("h", { gate: 2 }),
      ]),
      tensors: tensorsOf(3),
    },
    GRUResetAfter: {
      module: "GRU",
      word: "gru",
      functions: { gate: recurrent, f: activation },
      parameters: Object.fromEntries(
        ["z", "r", "h"].flatMap(
          (letter, i): ReadonlyArray<readonly [string, ReadonlyArray<Part>]> => [
            ...gate(letter, { gate: i }).slice(0, 2),
            [`b${letter}`, [{ tensor: "bias", gate: i, row: 0 }]],
            [`c${letter}`, [{ tensor: "bias", gate: i, row: 1 }]],
          ],
        ),
      ),
      tensors: tensorsOf(3, "two vectors"),
    },
  },
  alike: { ...alikeCells, PeepholeLSTM: "LSTM" },
  recurrent: "recurrent_kernel",
  placeOf: (name) => {
    const [, path = "", tensor] = /^(.*?)[./]?(recurrent_kernel|kernel|bias)(?::\d+)?$/.exec(name) ?? [];
    // The cell within a layer is no layer of its own.
    const layer = path.replace(/[./](?:simple_rnn|lstm|gru)?_?cell(?:_\d+)?$/, "");
    return tensor === undefined ? undefined : { layer, tensor, level: 0, isBackward: /(?:^|[./])backward/.test(layer) };
  },
  tensorName: ({ layer, level, isBackward }, tensor) =>
    [layer, ...(level === 0 ? [] : [`layer_${level}`]), ...(isBackward ? ["backward"] : []), tensor]
      .filter((part) => part !== "")
      .join("/"),
  transposed: ["kernel"],
};

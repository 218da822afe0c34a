import { type Dice, drawn, drawnOf, times } from "../../../examples/tasks/dice.ts";
import { accuracy } from "../../../examples/tasks/measure.ts";
import type { Program } from "../../../playground/src/program.ts";
import { once } from "../../../src/once.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import type { Figure } from "../lecture.ts";
import { valuesAlong } from "../parts/cell-steps.ts";
import { equations } from "../parts/derivations.ts";
import { computed } from "../parts/findings.ts";
import { type Steps, stepsHtml } from "../parts/steps.ts";
import { trainedProgram } from "../parts/trained.ts";
import { written } from "../programs.ts";

/** Symbols: keep 0, keep 1, noise, and the question for what was kept last. */
const signs = ["keep 0", "keep 1", "·", "?"];
const [noise, question] = [2, 3];

const lstm = written(`
model Memory(n = 3) {
  axis t in 1..T
  input x[t] : symbol[4]
  param Wf, Wi, WC, Wo, V
  param bf, bi, bC, bo, c = 0
  h[0] = 0
  C[0] = 0
  v[t] = [h[t-1]; onehot(x[t])]
  output f[t] = sigmoid(Wf v[t] + bf)
  output i[t] = sigmoid(Wi v[t] + bi)
  output G[t] = tanh(WC v[t] + bC)
  output C[t] : R[n] = f[t] * C[t-1] + i[t] * G[t]
  output o[t] = sigmoid(Wo v[t] + bo)
  output h[t] = o[t] * tanh(C[t])
  output p[t] = softmax(V h[t] + c)
  y[t] : symbol[3] ~ categorical(p[t])
}`);

const gru = written(`
model Memory(n = 3) {
  axis t in 1..T
  input x[t] : symbol[4]
  param Wz, Wr, WC, Uz, Ur, U, V
  param c = 0
  h[0] = 0
  output z[t] = sigmoid(Wz onehot(x[t]) + Uz h[t-1])
  output r[t] = sigmoid(Wr onehot(x[t]) + Ur h[t-1])
  output g[t] = tanh(WC onehot(x[t]) + U (r[t] * h[t-1]))
  output h[t] : R[n] = (1 - z[t]) * h[t-1] + z[t] * g[t]
  output p[t] = softmax(V h[t] + c)
  y[t] : symbol[3] ~ categorical(p[t])
}`);

/** Asked, it says 0 or 1; else 2. */
const sequence =
  (length: number) =>
  (dice: Dice): Example => {
    let kept = dice.below(2);
    const x = times(length, (t) => {
      if (t === 0) return kept;
      const roll = dice.below(6);
      if (roll === 0) kept = dice.below(2);
      return roll === 0 ? kept : roll < 4 ? noise : question;
    });
    return { x, y: answers(x) };
  };

const answers = (x: ReadonlyArray<number>): ReadonlyArray<number> => {
  let kept = 0;
  return x.map((sign) => {
    if (sign < 2) kept = sign;
    return sign === question ? kept : 2;
  });
};

const training = (): ReadonlyArray<Example> => drawnOf("training", 1, 400, sequence(12));
const shown = [1, 2, 2, 3, 2, 0, 2, 2, 3, 3, 1, 2, 3];
const settings = { steps: 1500, batch: 16, rate: 0.02 };

interface Group {
  readonly output: string;
  readonly name: string;
  readonly low: number;
}

const groups: Readonly<Record<"lstm" | "gru", ReadonlyArray<Group>>> = {
  lstm: [
    { output: "f", name: "f[t], forget gate", low: 0 },
    { output: "i", name: "i[t], input gate", low: 0 },
    { output: "G", name: "C̃[t], candidate", low: -1 },
    { output: "C", name: "C[t], cell state", low: -3 },
    { output: "o", name: "o[t], output gate", low: 0 },
    { output: "h", name: "h[t], hidden state", low: -1 },
    { output: "p", name: "p[t]: 0, 1, nothing", low: 0 },
  ],
  gru: [
    { output: "z", name: "z[t], update gate", low: 0 },
    { output: "r", name: "r[t], reset gate", low: 0 },
    { output: "g", name: "h̃[t], candidate", low: -1 },
    { output: "h", name: "h[t], hidden state", low: -1 },
    { output: "p", name: "p[t]: 0, 1, nothing", low: 0 },
  ],
};

const programs: Readonly<Record<"lstm" | "gru", Program>> = { lstm, gru };

/** A trained cell on one sequence, position by position. */
export const cellSteps = (cell: "lstm" | "gru"): Steps & { readonly right: number } => {
  const trained = trainedProgram(programs[cell], training(), settings);
  const example = { x: shown, y: answers(shown) };
  return {
    tokens: shown.map((sign) => signs[sign]!),
    right: accuracy(trained, drawn(9, 200, sequence(12))),
    groups: groups[cell].map(({ output, name, low }) => ({
      name,
      low,
      high: low === -3 ? 3 : 1,
      values: valuesAlong(trained, example, output),
    })),
  };
};

const stepsOf = { lstm: once(() => cellSteps("lstm")), gru: once(() => cellSteps("gru")) };

const animated = (cell: "lstm" | "gru") =>
  computed(() => {
    const { right, ...steps } = stepsOf[cell]();
    return stepsHtml(
      steps,
      `Drag the slider: ${settings.steps} steps of training made this cell answer ${(100 * right).toFixed(1)} % of 200 new sequences' signs right.`,
    );
  });

type Given = Pick<Figure, "slide" | "rows" | "formulas"> & { readonly words?: Figure["words"] };

/** The LSTM as something that one drags. */
export const lstmSteps = (of: Given): Figure => ({
  name: "lstm-steps",
  title: "An LSTM, step by step",
  ...of,
  words: [
    ...(of.words ?? []),
    "“keep 0” and “keep 1” are to be remembered through noise until “?” asks for what was kept last. Watch the cell state C, what the forget gate leaves of it, what the input gate lets in, and when the output gate shows it. Each gate is a number between 0 and 1.",
  ],
  exhibits: [
    {
      program: lstm,
      opens: { view: "training", data: training().slice(0, 60), settings: { ...settings } },
      parts: [equations(), { ...animated("lstm"), isWide: true }],
    },
  ],
  found: [
    "The second component of C (orange) holds what was kept: above 0 after “keep 1”, below 0 after “keep 0”. At “keep” its forget gate nearly closes (0.04 to 0.14), so what was there before is thrown away, and at “?” its output gate is open (0.97 and more). Its input gate is never shut (0.87 and more): it keeps through noise not by closing, as the textbook's does, but by adding more of the same sign. The others tell the question from the rest.",
  ],
});

/** The GRU likewise. */
export const gruSteps = (of: Given): Figure => ({
  name: "gru-steps",
  title: "A GRU, step by step",
  ...of,
  words: [
    ...(of.words ?? []),
    "The same task without a cell state: the update gate z decides by how much h is replaced; at 0 all is kept. The reset gate r decides how much of h the candidate sees.",
  ],
  exhibits: [
    {
      program: gru,
      opens: { view: "training", data: training().slice(0, 60), settings: { ...settings } },
      parts: [equations(), { ...animated("gru"), isWide: true }],
    },
  ],
});

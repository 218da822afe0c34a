import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Model } from "../../src/circuit/model.ts";
import type { EquationFormat } from "../../src/views/printed.ts";
import { compiledExample } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";

/** Models whose printed equations are kept to be reviewed. */
export const printedModels: ReadonlyArray<readonly [name: string, model: () => Model]> = [
  ...["elman", "lstm-equations", "attention-seq2seq", "backward-boundary"].map(
    (name) => [name, () => compiledExample(`${name}.rnn`).elaborated] as const,
  ),
  [
    "gru",
    () =>
      compiledProgram(`import GRU from "std"
model Gru {
  axis t in 1..T
  input x[t] : R[2]
  h[t] = GRU(4)(x[t])
  y[t] : symbol[3] ~ categorical(softmax(V h[t]))
  param V
}`).elaborated,
  ],
];

/** `UPDATE_GOLDEN=1` writes what is printed now; the change is then reviewed as text. */
export const isKept = (file: string, print: (format: EquationFormat) => string): void => {
  const path = new URL(`golden/${file}`, import.meta.url);
  const text = (["text", "latex", "rnn"] as const).map(print).join("\n");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, text);
  assert.equal(text, readFileSync(path, "utf8"));
};

import { readdirSync, readFileSync } from "node:fs";

/** A program with the static sizes that a property may choose. */
export interface SizedProgram {
  readonly name: string;
  readonly source: string;
  readonly sizes: ReadonlyArray<string>;
}

const folder = new URL("../../examples/", import.meta.url);

/** Statics of the examples that are sizes of vectors; the others (`sos`, `eos`) name symbols, or are cells (`C = RNN`). */
const sizesOf = (source: string): ReadonlyArray<string> =>
  [...(/^model \w+\(([^)]*)\)/m.exec(source)?.[1] ?? "").matchAll(/(\w+)(?:\s*=\s*([^,]*))?/g)]
    .filter(([, name, usual = ""]) => /^[A-Za-z]$/.test(name!) && !/^[A-Za-z]{2}/.test(usual))
    .map(([, name]) => name!);

const examples: ReadonlyArray<SizedProgram> = readdirSync(folder)
  .filter((name) => name.endsWith(".rnn"))
  .map((name) => ({ name, source: readFileSync(new URL(name, folder), "utf8") }))
  .map(({ name, source }) => ({ name, source, sizes: sizesOf(source) }));

/** A cell between an input and a regression, forwards or backwards, with its states as outputs. */
const around = (cell: string, direction: "" | "backward "): SizedProgram => ({
  name: `${direction}${cell}`,
  source: `import ${cell} from "std"
model Around(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  output h[t] = ${direction}${cell}(n)(x[t])
  output s = sum[t](h[t])
  param v
  y[t] : R ~ normal(v^T h[t], 0.5)
}
`,
  sizes: ["n", "k"],
});

const cells = ["RNN", "LSTM", "LSTMConcat", "GRU"];

export const programs: ReadonlyArray<SizedProgram> = [
  ...examples,
  ...cells.flatMap((cell) => [around(cell, ""), around(cell, "backward ")]),
];

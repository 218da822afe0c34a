import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createColors } from "picocolors";
import { runCommandLine } from "../../src/cli/command-line.ts";

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, not on a terminal. */
export const rnnc = async (...words: ReadonlyArray<string>): Promise<Told> => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(
    {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      interactive: false,
      paint: createColors(false),
    },
    words,
  );
  return { code, out: out.join(""), err: err.join("") };
};

/** What stands in a folder, by name. */
export const filesIn = (folder: string): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    readdirSync(folder)
      // The log tells the time.
      .filter((name) => name !== "log.jsonl")
      .map((name) => [name, readFileSync(join(folder, name))]),
  );

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "rnnc-"));

/** A file with this text in a folder of its own. */
export const fileWith = (name: string, text: string): string => {
  const path = join(newFolder(), name);
  writeFileSync(path, text);
  return path;
};

/** The path of a program of `examples/`. */
export const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}.rnn`, import.meta.url));

/** The folder of a run that is trained with these words, which must succeed. */
export const trained = async (program: string, ...words: ReadonlyArray<string>): Promise<string> => {
  const run = join(newFolder(), "run");
  const { code, err } = await rnnc("train", program, ...words, "--run", run);
  assert.equal(code, 0, err);
  return run;
};

/** What JSON holds. */
export type Line = ReturnType<typeof JSON.parse>;

export const linesOf = (out: string): ReadonlyArray<Line> =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** What `predict` says of each example of a file. */
export const answered = async (
  run: string,
  file: string,
  ...words: ReadonlyArray<string>
): Promise<ReadonlyArray<Line>> => {
  const { code, out, err } = await rnnc("predict", run, "--data", file, ...words);
  assert.equal(code, 0, err);
  return linesOf(out);
};

/** Loads of two sites day by day, beside their temperatures, and a program that foretells one from the days before. */
export const loadsFile = (): string =>
  fileWith(
    "load.csv",
    `site,day,temp,load\n${Array.from({ length: 80 }, (_, i) => {
      const [site, day] = [i % 2 === 0 ? "north" : "south", Math.floor(i / 2)];
      return `${site},${day},${20 + day},${1000 + 10 * day}\n`;
    }).join("")}`,
  );
export const forecastModel = `model Forecast(k, n = 4) {
  axis t in 1..T
  input x[t] : R[k]
  param W : R[n,n] ~ normal(0, 0.1)
  param U : R[n,k] ~ normal(0, 0.3)
  param v : R[n] ~ normal(0, 0.3)
  param b = 0
  h[0] = 0
  h[t] = tanh(W h[t-1] + U x[t])
  output mu = v^T h[T] + b
  y ~ normal(mu, 0.1)
}`;

export const characterModel = `model Characters(V, n = 6) {
  axis t in 1..T
  param E : R[V,n]
  param W, U : R[n,n]
  param P : R[V,n]
  param b, c = 0
  y[0] = 0
  h[0] = 0
  h[t] : R[n] = tanh(b + W h[t-1] + U E[y[t-1]])
  y[t] : symbol[V] ~ categorical(softmax(c + P h[t]))
}
`;

export const text = "the cat sat on the mat and the dog sat on the log. ".repeat(60);

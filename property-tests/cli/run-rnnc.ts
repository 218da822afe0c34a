import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

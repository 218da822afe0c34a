import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { circumstances } from "./circumstances.ts";
import { table, writeSection } from "./markdown.ts";
import { significant, timingOf } from "./statistics.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const commands: Readonly<Record<string, ReadonlyArray<string>>> = {
  "node -e 0": ["-e", "0"],
  "rnnc --version": ["dist/rnnc.cjs", "--version"],
  "rnnc --help": ["dist/rnnc.cjs", "--help"],
  "rnnc check examples/hello.rnn": ["dist/rnnc.cjs", "check", "examples/hello.rnn"],
  "rnnc compile examples/elman.rnn": ["dist/rnnc.cjs", "compile", "examples/elman.rnn", "-o", "build/start/elman.js"],
};

/** How long commands take from their start to their end, in turns, beside an empty program of node's. */
export const runStart = (options: { readonly quick: boolean; readonly json: boolean }): void => {
  const names = Object.keys(commands);
  mkdirSync(`${root}build/start`, { recursive: true });
  const rounds = Array.from({ length: options.quick ? 3 : 21 }, () => names.map((name) => timeOf(commands[name]!)));
  const medians = names.map((_, i) => timingOf(rounds.map((round) => round[i]!)).median);
  const text = [
    "Written by `npm run bench -- start`.",
    table(
      ["median of turns", "s", "node -e 0"],
      names.map((name, i) => [name, significant(medians[i]!), (medians[i]! / medians[0]!).toFixed(1)]),
    ),
    `${circumstances([])}.`,
  ].join("\n\n");
  if (!options.quick) writeSection("start", text);
  console.log(options.json ? JSON.stringify(Object.fromEntries(names.map((name, i) => [name, medians[i]]))) : text);
};

/** Seconds. */
const timeOf = (words: ReadonlyArray<string>): number => {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - start) / 1000;
};

import { readFileSync } from "node:fs";
import { isRight } from "fp-ts/lib/Either.js";
import { type Compiled, compile } from "../../src/compile.ts";
import type { Target } from "../../src/emit/targets.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { below, generator, times } from "../random.ts";

/** ADBench's objectives and one like them; a program of this folder each, and a function of objectives.py. */
export const objectives = ["gmm", "lstm", "hmm", "hmm-cell"] as const;
export type Objective = (typeof objectives)[number];

export type Statics = Readonly<Record<string, number>>;

/** An objective of one size: points, bits or symbols, `N` of them. */
export interface Sized {
  readonly name: Objective;
  readonly statics: Statics;
  readonly N: number;
}

/** ADBench's sizes of the first two, from its small ones on; models of speech and of text have the others'. */
export const sizes: ReadonlyArray<Sized> = [
  { name: "gmm", statics: { D: 2, K: 5 }, N: 1000 },
  { name: "gmm", statics: { D: 10, K: 25 }, N: 1000 },
  { name: "gmm", statics: { D: 32, K: 50 }, N: 1000 },
  { name: "gmm", statics: { D: 64, K: 25 }, N: 1000 },
  { name: "lstm", statics: { b: 14, L: 2 }, N: 1024 },
  { name: "lstm", statics: { b: 14, L: 4 }, N: 1024 },
  { name: "lstm", statics: { b: 14, L: 2 }, N: 4096 },
  { name: "lstm", statics: { b: 14, L: 4 }, N: 4096 },
  { name: "hmm", statics: { n: 16, V: 32 }, N: 1000 },
  { name: "hmm", statics: { n: 64, V: 100 }, N: 1000 },
  { name: "hmm-cell", statics: { n: 16, V: 32 }, N: 1000 },
  { name: "hmm-cell", statics: { n: 64, V: 100 }, N: 1000 },
];

/** What both sides are given: parameters in the order of the model, all numbers in double precision. */
export interface Task extends Sized {
  readonly shapes: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly params: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly fixed: ReadonlyArray<string>;
  readonly example: Example;
}

export interface Outcome {
  readonly value: number;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
}

export const taskOf = (sized: Sized, seed: number): Task => {
  const { model, init } = compiledObjective(sized, "js");
  return {
    ...sized,
    shapes: Object.fromEntries(model.params.map(({ path, shape }) => [path, shape])),
    params: plain(init(seed)),
    fixed: model.params.filter(({ fixed }) => fixed).map(({ path }) => path),
    example: exampleOf(sized, seed),
  };
};

/** An objective in double precision. */
export const compiledObjective = ({ name, statics }: Pick<Sized, "name" | "statics">, target: Target): Compiled => {
  const file = `${name}.rnn`;
  const source = readFileSync(new URL(file, import.meta.url), "utf8");
  const result = compile(source, { file, target, statics, precision: "f64" });
  if (isRight(result)) return result.right;
  throw new Error(JSON.stringify(result.left));
};

/** The objective and its gradient, as functions of nothing. */
export const prepared = (compiled: Compiled, { params: given, example }: Pick<Task, "params" | "example">) => {
  const params: Params = Object.fromEntries(
    Object.entries(given).map(([path, values]) => [path, Float64Array.from(values)]),
  );
  const batch = compiled.pack([example]);
  return { objective: () => compiled.loss(params, batch), gradient: () => compiled.gradient(params, batch) };
};

export const outcomeOf = ({ gradient }: ReturnType<typeof prepared>): Outcome => {
  const found = gradient();
  return { value: found.loss, gradient: plain(found.gradient) };
};

const exampleOf = ({ name, statics, N }: Sized, seed: number): Example => {
  const random = generator(seed);
  if (name === "gmm") return { x: times(N, () => times(statics.D!, () => normal(random))) };
  if (name === "lstm") return { x: times(N, () => times(statics.b!, () => below(random, 2))) };
  return { w: times(N, () => below(random, statics.V!)) };
};

/** The sum of twelve uniform numbers, near enough to a normal one. */
const normal = (random: () => number): number => times(12, random).reduce((sum, each) => sum + each, -6);

const plain = (params: Params): Readonly<Record<string, ReadonlyArray<number>>> =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, Array.from(values)]));

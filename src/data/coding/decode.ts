import type { ModelInfo, Nested } from "../../runtime/interface.ts";
import type { Coding, Entries, Scaling } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { ownOf } from "./own.ts";

/** What is said of an example: JSON values in the terms of its data. */
export type Told = Readonly<Record<string, unknown>>;

/** What a model says, which is told in the terms of its data. */
export type Telling = Pick<ModelInfo, "outputs" | "expected">;

/**
 * What a model says in the terms of the data. Outputs that a target is drawn from are told by the names of its symbols, or in
 * its own units, and beside them what is expected of the target, by its distribution: `y.predicted`, or `y.low` and `y.high`,
 * between which it lies four times in five.
 */
export const decoded = (
  model: Telling,
  declared: ReadonlyArray<DeclaredVariable>,
  coding: Coding,
  prediction: Readonly<Record<string, Nested>>,
): Told => {
  const targets = declared.filter(({ role }) => role === "target");
  return Object.assign(
    {},
    ...model.outputs.map(({ name }) => ({ [name]: prediction[name] })),
    ...targets.map((target) => drawnFrom(model, target, coding, prediction)),
    ...targets.map((target) => expectedOf(model, target, coding, prediction)),
  );
};

/** All names of what is told of an example. */
export const toldNames = (model: Telling, declared: ReadonlyArray<DeclaredVariable>): ReadonlyArray<string> => [
  ...model.outputs.map(({ name }) => name),
  ...declared.filter(({ role }) => role === "target").flatMap((target) => expectedNames(model, target)),
];

/** Of those the names of what is expected of a target. */
export const expectedNames = (model: Telling, target: DeclaredVariable): ReadonlyArray<string> => {
  const said = (model.expected ?? []).filter((each) => each.target === target.name).map(({ of }) => of);
  const { name } = target;
  if (said.length === 0) return [];
  if (!said.includes("mean")) return [`${name}.predicted`];
  return [...(isMeanTold(model, target) ? [] : [`${name}.predicted`]), `${name}.low`, `${name}.high`];
};

/** Whether an output is what is expected of a target, under a name of its own. */
const isMeanTold = ({ outputs }: Telling, { drawn }: DeclaredVariable): boolean =>
  drawn?.isThere === true && outputs.some(({ name }) => name === drawn.from[0]);

type Expectation = NonNullable<ModelInfo["expected"]>[number]["of"];

/** Outputs that a target is drawn from, by the names of its symbols or in its units. */
const drawnFrom = (
  { outputs }: Telling,
  { name, drawn }: DeclaredVariable,
  { vocabularies, scalings }: Coding,
  prediction: Readonly<Record<string, Nested>>,
): Told => {
  const told = (of: string | number | undefined, change: (part: unknown) => unknown): Told => {
    const output = outputs.find((each) => each.name === of);
    return output === undefined ? {} : { [output.name]: under(prediction[output.name], output.indices.length, change) };
  };
  const [first, second] = drawn?.from ?? [];
  const vocabulary = ownOf(vocabularies, name);
  const scaling = ownOf(scalings, name);
  if (drawn?.family === "categorical" && vocabulary !== undefined)
    return told(first, (part) => Object.fromEntries(listed(part).map((p, i) => [entryOf(vocabulary, i), p])));
  if (drawn?.family === "normal" && scaling !== undefined)
    return {
      ...told(first, (part) => unscaled(scaling, part)),
      ...told(second, (part) => stretched(scaling, part)),
    };
  return {};
};

const expectedOf = (
  model: Telling,
  target: DeclaredVariable,
  { vocabularies, scalings }: Coding,
  prediction: Readonly<Record<string, Nested>>,
): Told => {
  const { name, axes } = target;
  const said = (of: Expectation): Nested | undefined =>
    prediction[(model.expected ?? []).find((each) => each.target === name && each.of === of)?.name ?? ""];
  const vocabulary = ownOf(vocabularies, name);
  const scaling = ownOf(scalings, name);
  const symbol = (number: number): unknown => (vocabulary === undefined ? number : entryOf(vocabulary, number));
  const [best, probability, mean, deviation] = [said("best"), said("probability"), said("mean"), said("deviation")];
  if (best !== undefined) return { [`${name}.predicted`]: eachNumber(best, symbol) };
  if (probability !== undefined)
    return { [`${name}.predicted`]: eachNumber(probability, (p) => symbol(p > 0.5 ? 1 : 0)) };
  if (mean === undefined) return {};
  const expected = under(mean, axes.length, (part) => unscaled(scaling, part));
  const spread = under(deviation, axes.length, (part) => stretched(scaling, part));
  return {
    ...(isMeanTold(model, target) ? {} : { [`${name}.predicted`]: expected }),
    [`${name}.low`]: moved(expected, spread, -tenth),
    [`${name}.high`]: moved(expected, spread, tenth),
  };
};

/** A tenth of a normal distribution lies beyond so many deviations. */
export const tenth = 1.2815515655446004;

const entryOf = ({ entries }: Entries, symbol: number): string => entries[symbol] ?? `<${symbol}>`;

const listed = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [value]);

/** What stands at every position of so many axes; null stays where there is no position. */
const under = (value: unknown, depth: number, change: (part: unknown) => unknown): unknown =>
  value === null ? null : depth === 0 ? change(value) : listed(value).map((part) => under(part, depth - 1, change));

const eachNumber = (value: unknown, change: (number: number) => unknown): unknown =>
  value === null ? null : Array.isArray(value) ? value.map((part) => eachNumber(part, change)) : change(Number(value));

const byComponent = (value: unknown, change: (number: number, component: number) => number): unknown =>
  Array.isArray(value) ? value.map((part, i) => change(Number(part), i)) : change(Number(value), 0);

const unscaled = (scaling: Scaling | undefined, value: unknown): unknown =>
  scaling === undefined ? value : byComponent(value, (number, i) => number * scaling.deviation[i]! + scaling.mean[i]!);

const stretched = (scaling: Scaling | undefined, value: unknown): unknown =>
  scaling === undefined ? value : byComponent(value, (number, i) => number * scaling.deviation[i]!);

const moved = (value: unknown, by: unknown, times: number): unknown =>
  value === null
    ? null
    : Array.isArray(value)
      ? value.map((part, i) => moved(part, Array.isArray(by) ? by[i] : by, times))
      : Number(value) + times * Number(by);

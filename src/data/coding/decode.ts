import type { Nested } from "../../runtime/interface.ts";
import type { Coding, Entries, Scaling } from "./coding.ts";
import type { DeclaredVariable, Drawn } from "./declared.ts";
import { ownOf } from "./own.ts";

/** What is said of an example: JSON values in the terms of its data. */
export type Told = Readonly<Record<string, unknown>>;

/**
 * The outputs of a model in the terms of the data. What a target is drawn from is told by the names of its symbols, or in
 * its own units, and beside it what is expected of the target: `y.predicted`, or `y.low` and `y.high`, between which it lies
 * four times in five.
 */
export const decoded = (
  declared: ReadonlyArray<DeclaredVariable>,
  coding: Coding,
  outputs: Readonly<Record<string, Nested>>,
): Told =>
  Object.assign(
    {},
    outputs,
    ...declared.filter(({ role }) => role === "target").map((target) => targetOf(target, coding, outputs)),
  );

const targetOf = (
  { name, drawn, axes }: DeclaredVariable,
  { vocabularies, scalings }: Coding,
  outputs: Readonly<Record<string, Nested>>,
): Told => {
  const [first, second] = drawn?.from ?? [];
  const from = typeof first === "string" ? ownOf(outputs, first) : undefined;
  if (drawn === undefined || from === undefined) return {};
  return (
    families[drawn.family]?.({
      name,
      depth: axes.length,
      output: first as string,
      from,
      // What is neither is null where this was JSON.
      spread: typeof second === "string" ? ownOf(outputs, second) : typeof second === "number" ? second : undefined,
      spreadName: typeof second === "string" ? second : undefined,
      vocabulary: ownOf(vocabularies, name),
      scaling: ownOf(scalings, name),
    }) ?? {}
  );
};

interface DrawnFrom {
  readonly name: string;
  readonly depth: number;
  readonly output: string;
  readonly from: Nested;
  readonly spread: Nested | undefined;
  readonly spreadName: string | undefined;
  readonly vocabulary: Entries | undefined;
  readonly scaling: Scaling | undefined;
}

const families: Readonly<Record<Drawn["family"], (of: DrawnFrom) => Told>> = {
  categorical: ({ name, depth, output, from, vocabulary }) => ({
    ...(vocabulary === undefined
      ? {}
      : {
          [output]: under(from, depth, (part) =>
            Object.fromEntries(listed(part).map((p, i) => [entryOf(vocabulary, i), p])),
          ),
        }),
    [`${name}.predicted`]: under(from, depth, (part) => {
      const list = listed(part) as ReadonlyArray<number>;
      const best = list.indexOf(Math.max(...list));
      return vocabulary === undefined ? best : entryOf(vocabulary, best);
    }),
  }),
  bernoulli: ({ name, depth, from, vocabulary }) => ({
    [`${name}.predicted`]: under(from, depth, (part) => {
      const told = byComponent(part, (p) => (p > 0.5 ? 1 : 0));
      return vocabulary === undefined ? told : entryOf(vocabulary, Number(told));
    }),
  }),
  normal: ({ name, depth, output, from, spread, spreadName, scaling }) => {
    const mean = under(from, depth, (part) => unscaled(scaling, part));
    if (spread === undefined) return { [output]: mean };
    const deviation =
      typeof spread === "number" && spreadName === undefined
        ? under(from, depth, (part) => filledBy(part, spread))
        : spread;
    const deviations = under(deviation as Nested, depth, (part) => stretched(scaling, part));
    return {
      [output]: mean,
      ...(spreadName === undefined ? {} : { [spreadName]: deviations }),
      [`${name}.low`]: moved(mean, deviations, -tenth),
      [`${name}.high`]: moved(mean, deviations, tenth),
    };
  },
};

/** A tenth of a normal distribution lies beyond so many deviations. */
export const tenth = 1.2815515655446004;

const entryOf = ({ entries }: Entries, symbol: number): string => entries[symbol] ?? `<${symbol}>`;

const listed = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [value]);

/** What stands at every position of so many axes. */
const under = (value: unknown, depth: number, change: (part: unknown) => unknown): unknown =>
  depth === 0 ? change(value) : listed(value).map((part) => under(part, depth - 1, change));

const byComponent = (value: unknown, change: (number: number, component: number) => number): unknown =>
  Array.isArray(value) ? value.map((part, i) => change(Number(part), i)) : change(Number(value), 0);

const unscaled = (scaling: Scaling | undefined, value: unknown): unknown =>
  scaling === undefined ? value : byComponent(value, (number, i) => number * scaling.deviation[i]! + scaling.mean[i]!);

const stretched = (scaling: Scaling | undefined, value: unknown): unknown =>
  scaling === undefined ? value : byComponent(value, (number, i) => number * scaling.deviation[i]!);

const filledBy = (form: unknown, number: number): unknown => (Array.isArray(form) ? form.map(() => number) : number);

const moved = (value: unknown, by: unknown, times: number): unknown =>
  Array.isArray(value)
    ? value.map((part, i) => moved(part, Array.isArray(by) ? by[i] : by, times))
    : Number(value) + times * Number(by);

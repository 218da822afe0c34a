import type { DeclaredVariable } from "../data/coding/declared.ts";
import { portableLog } from "../runtime/elementary.js";
import type { Example, ModelInfo } from "../runtime/interface.ts";
import type { Pupil } from "./baselines.ts";
import { flatOf, givenIn } from "./flat.ts";
import { frequenciesOf } from "./frequencies.ts";
import type { Kind, MeasuredTarget } from "./target.ts";

/** What tells the baselines of a target apart: what they go by at each place, as a number. */
interface Context {
  readonly name: string;
  readonly of: (example: Example) => (place: number) => number | undefined;
}

/**
 * The commonest symbol in all, after the one before where the model reads that, for each symbol of an input along the same axes,
 * and of what is one for a whole sequence of symbols, for the last two of these.
 */
export const symbolPupil = (
  model: ModelInfo,
  declared: ReadonlyArray<DeclaredVariable>,
  target: MeasuredTarget,
): Pupil => {
  const learners = contextsOf(model, declared, target).map(({ name, of }) => ({
    name,
    of,
    frequencies: frequenciesOf(target.classes.length),
  }));
  return {
    teach: ({ example }, places) => {
      const actual = givenIn(target, example);
      for (const { of, frequencies } of learners) {
        const context = of(example);
        for (const place of places) frequencies.count(actual[place]!, context(place));
      }
    },
    taught: () =>
      learners.map(({ name, of, frequencies: { commonest, probability } }) => {
        const best = remembered(commonest);
        return {
          name,
          says: ({ example }, places) => {
            const actual = givenIn(target, example);
            const context = of(example);
            return {
              expected: Float64Array.from(places, (place) => best(context(place))),
              nats: Float64Array.from(places, (place) => -portableLog(probability(actual[place]!, context(place)))),
            };
          },
        };
      }),
  };
};

const remembered = (of: (context?: number) => number): ((context: number | undefined) => number) => {
  const known = new Map<number | undefined, number>();
  return (context) => {
    const found = known.get(context) ?? of(context);
    known.set(context, found);
    return found;
  };
};

const nothing: Context["of"] = () => () => undefined;

/** What symbols are called in all, and after the one before. */
const names: { readonly [K in Kind]: readonly [all: string, after: string] } = {
  classes: ["commonest class", "after the one before"],
  characters: ["unigram", "bigram"],
  words: ["unigram", "bigram"],
  reals: ["", ""],
};

const contextsOf = (
  { randoms, inputs }: ModelInfo,
  declared: ReadonlyArray<DeclaredVariable>,
  target: MeasuredTarget,
): ReadonlyArray<Context> => {
  const { variable, kind, indices, width } = target;
  const isReadBack = randoms.some(({ target: name, reads = [] }) => name === variable && reads.length > 0);
  const alongside = inputs.filter(
    ({ name, symbols, indices: over }) =>
      symbols !== undefined &&
      width === 1 &&
      over.join() === indices.join() &&
      declared.some((each) => each.name === name),
  );
  const before: Context["of"] = (example) => {
    const actual = givenIn(target, example);
    return (place) => actual[place - 1] ?? undefined;
  };
  const beside =
    (name: string): Context["of"] =>
    (example) => {
      const given = flatOf(example[name]!);
      return (place) => given[place] ?? undefined;
    };
  const whole = inputs.filter(
    ({ name, symbols, indices: over }) =>
      symbols !== undefined && indices.length === 0 && over.length === 1 && declared.some((each) => each.name === name),
  );
  // Of two symbols one number; of one that has none before it another.
  const endOf =
    (name: string, symbols: number): Context["of"] =>
    (example) => {
      const given = flatOf(example[name]!);
      const [before, last] = [given.at(-2) ?? symbols, given.at(-1) ?? undefined];
      return () => (last === undefined ? undefined : last * (symbols + 1) + before);
    };
  return [
    { name: names[kind][0], of: nothing },
    ...(isReadBack && indices.length === 1 && width === 1 ? [{ name: names[kind][1], of: before }] : []),
    ...alongside.map(({ name }) => ({ name: `commonest by ${name}`, of: beside(name) })),
    ...whole.map(({ name, symbols }) => ({
      name: `commonest by the last two of ${name}`,
      of: endOf(name, symbols!),
    })),
  ];
};

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Example, ModelInfo, Nested, VariableInfo } from "../runtime/interface.ts";
import { acceptedPositions, fittingLengths } from "./fitting-lengths.ts";

export interface LengthRange {
  readonly least: number;
  readonly greatest: number;
}

/** The same for all lengths, or by their names. */
export type LengthRanges = LengthRange | ((length: string) => LengthRange);

/**
 * A random example that a model accepts: lengths in the range (or what the positions that the model names need), reals
 * in [-1.5, 1.5], symbols uniform. A ragged axis has its own length at every position of the axes that it stands over.
 */
export const randomExample = (model: ModelInfo, generator: RandomGenerator, ranges: LengthRanges): Example => {
  const lengths = new Map<string, number>(drawnTogether(model, generator, ranges));
  const lengthAt = (axis: string, place: Readonly<Record<string, number>>): number => {
    const found = model.axes.find(({ name }) => name === axis)!;
    if (typeof found.length === "number") return found.length;
    const key = [found.length, ...found.over.map((outer) => place[outer])].join();
    const known =
      lengths.get(key) ?? drawn(generator, acceptedRange(model, found.length, rangeFor(ranges, found.length)));
    lengths.set(key, known);
    return known;
  };
  const fill = (variable: VariableInfo, depth: number, place: Readonly<Record<string, number>>): Nested => {
    const axis = variable.indices[depth];
    if (axis === undefined) {
      const positions = acceptedPositions(model, variable, (length) => lengths.get(length) ?? 0);
      if (positions !== undefined) return uniformInt(generator, positions.least, positions.most);
      const value = element(variable, symbolsOf(variable), generator);
      return notEndingEarly(model, variable, value, (outer) => place[outer]! < lengthAt(outer, place) - 1);
    }
    return Array.from({ length: lengthAt(axis, place) }, (_, i) => fill(variable, depth + 1, { ...place, [axis]: i }));
  };
  const data = [...model.inputs, ...model.targets].map((variable) => [variable.name, fill(variable, 0, {})] as const);
  return Object.fromEntries([...data, ...unstoodLengths(model, lengthAt)]);
};

/** Where positions are computed, lengths must go together: they are drawn before all else. */
const drawnTogether = (
  model: ModelInfo,
  generator: RandomGenerator,
  ranges: LengthRanges,
): ReadonlyMap<string, number> => {
  if (model.positions === undefined) return new Map();
  const plain = model.axes.flatMap(({ length, over }) =>
    typeof length === "string" && over.length === 0 ? [length] : [],
  );
  const each = [...new Set(plain)].map(
    (name) => [name, drawn(generator, acceptedRange(model, name, rangeFor(ranges, name)))] as const,
  );
  return fittingLengths(model, new Map(each));
};

const rangeFor = (ranges: LengthRanges, length: string): LengthRange =>
  typeof ranges === "function" ? ranges(length) : ranges;

const drawn = (generator: RandomGenerator, { least, greatest }: LengthRange): number =>
  uniformInt(generator, least, greatest);

/** How long an axis must be at least for the positions that the model names on it. */
const neededBy = ({ required }: Pick<ModelInfo, "required">, axis: string): number =>
  Math.max(0, ...required.filter((position) => position.axis === axis).map(({ least }) => least));

/** The lengths that a model accepts: in the range, or what the positions it names and the components it counts ask for. */
export const acceptedRange = (model: ModelInfo, length: string, { least, greatest }: LengthRange): LengthRange => {
  const alike = model.axes.filter((axis) => axis.length === length).map(({ name }) => name);
  const needed = Math.max(...alike.map((name) => neededBy(model, name)));
  const limits = model.limits.filter(({ axis }) => alike.includes(axis)).map(({ most }) => most);
  const within = (wanted: number): number => Math.min(Math.max(wanted, needed), ...limits);
  return { least: within(least), greatest: within(greatest) };
};

/** One value of a variable: nested arrays in its shape. */
const element = (
  variable: VariableInfo,
  symbols: number | undefined,
  generator: RandomGenerator,
  depth = 0,
): Nested => {
  const size = variable.shape[depth];
  if (size !== undefined) return Array.from({ length: size }, () => element(variable, symbols, generator, depth + 1));
  return symbols === undefined ? 3 * uniformFloat64(generator) - 1.5 : uniformInt(generator, 0, symbols - 1);
};

/** A value of a variable, or the next symbol if it is the one that ends an axis on which data follow. */
export const notEndingEarly = (
  { randoms }: ModelInfo,
  { name, symbols }: VariableInfo,
  value: Nested,
  isFollowed: (axis: string) => boolean,
): Nested => {
  const ends = randoms.find(({ target }) => target === name)?.ends;
  return ends !== undefined && value === ends.symbol && isFollowed(ends.axis) ? (ends.symbol + 1) % symbols! : value;
};

/** How many values a variable may take, if they are countable: a truth value is 0 or 1. */
const symbolsOf = ({ symbols, truth }: VariableInfo): number | undefined => (truth === true ? 2 : symbols);

/** The lengths of axes on which no data stands, which an example gives by name. */
const unstoodLengths = (
  { axes, inputs, targets }: ModelInfo,
  lengthAt: (axis: string, place: Readonly<Record<string, number>>) => number,
): ReadonlyArray<readonly [string, Nested]> => {
  const stood = new Set([...inputs, ...targets].flatMap(({ indices }) => indices));
  const stoodLengths = new Set(axes.filter(({ name }) => stood.has(name)).map(({ length }) => length));
  return axes.flatMap(({ name, length, over }) => {
    if (typeof length === "number" || stoodLengths.has(length)) return [];
    const nest = (depth: number, place: Readonly<Record<string, number>>): Nested => {
      const outer = over[depth];
      return outer === undefined
        ? lengthAt(name, place)
        : Array.from({ length: lengthAt(outer, place) }, (_, i) => nest(depth + 1, { ...place, [outer]: i }));
    };
    return [[length, nest(0, {})] as const];
  });
};

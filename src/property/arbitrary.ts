import fc from "fast-check";
import { acceptedPositions, fittingLengths } from "../check/fitting-lengths.ts";
import { acceptedRange, type LengthRange, notEndingEarly } from "../check/random-example.ts";
import type {
  Batch,
  CompiledModel,
  Example,
  ModelInfo,
  Nested,
  Params,
  Values,
  VariableInfo,
} from "../runtime/interface.ts";

/** What is drawn: how long the run-time axes are, and how many examples a batch holds. */
export interface Sizes {
  readonly lengths: LengthRange;
  readonly examples: LengthRange;
}

export const defaultSizes: Sizes = { lengths: { least: 1, greatest: 4 }, examples: { least: 1, greatest: 3 } };

/** Hundredths, since they read well in a counterexample; they shrink to 0. */
const hundredths = (greatest: number): fc.Arbitrary<number> =>
  fc.integer({ min: -100 * greatest, max: 100 * greatest }).map((value) => value / 100);

const listOf = <A>(element: fc.Arbitrary<A>, size: number): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(element, { minLength: size, maxLength: size, size: "max" });

/** Parameters near those of some seed, moved off the zeros and symmetries that would hide mistakes. */
export const parameters = ({ init, model }: CompiledModel): fc.Arbitrary<Params> =>
  fc
    .tuple(fc.nat(1000), ...model.params.map(({ shape }) => listOf(hundredths(0.4), product(shape))))
    .map(([seed, ...moves]) => {
      const initial = init(seed);
      return Object.fromEntries(
        model.params.map(({ path }, i) => [path, initial[path]!.map((value, at) => value + moves[i]![at]!) as Values]),
      );
    });

/**
 * A direction to move parameters along: all of them, or one alone, which greater ones beside it would hide. Its
 * counterexamples shrink to the few components that matter.
 */
export const directions = ({ init, model }: CompiledModel): fc.Arbitrary<Params> => {
  const trained = model.params.filter(({ fixed }) => fixed !== true);
  const { length } = trained;
  return fc
    .tuple(
      fc.integer({ min: -length, max: length }),
      ...trained.map(({ shape }) => listOf(hundredths(1), product(shape))),
    )
    .map(([alone, ...moves]) => {
      const like = init(0);
      const isMoved = (i: number): boolean => alone <= 0 || alone === i + 1;
      return Object.fromEntries(
        trained.map(({ path }, i) => [path, like[path]!.map((_, at) => (isMoved(i) ? moves[i]![at]! : 0)) as Values]),
      );
    });
};

/** The length of an axis, where one stands on the axes that it is ragged over. */
export type Lengths = (axis: string, place: Readonly<Record<string, number>>) => number;

/** Lengths that a model accepts: in the range, or what the positions that it names need. */
const lengths = (model: ModelInfo, { least, greatest }: LengthRange): fc.Arbitrary<Lengths> => {
  const { axes } = model;
  const runTime = axes.filter(({ length }) => typeof length === "string");
  const drawn = runTime.map((axis) => {
    const accepted = acceptedRange(model, String(axis.length), { least, greatest });
    const range = fc.integer({ min: accepted.least, max: accepted.greatest });
    return listOf(range, Math.max(1, greatest) ** axis.over.length);
  });
  return fc.tuple(...drawn).map((tables) => {
    const plain = runTime.flatMap(({ length, over }, i) =>
      over.length === 0 ? [[String(length), tables[i]![0]!] as const] : [],
    );
    const fitting = model.positions === undefined ? new Map() : fittingLengths(model, new Map(plain));
    const known = new Map(
      runTime.map(({ length, over }, i) => {
        const fits = over.length === 0 ? fitting.get(String(length)) : undefined;
        return [length, { over, table: fits === undefined ? tables[i]! : [fits] }];
      }),
    );
    return (axis, place) => {
      const { length } = axes.find(({ name }) => name === axis)!;
      if (typeof length === "number") return length;
      const { over, table } = known.get(length)!;
      return table[over.reduce((at, outer) => at * Math.max(1, greatest) + place[outer]!, 0) % table.length]!;
    };
  });
};

/** An example that a model accepts, of some lengths or of those given. */
export const examples = (model: ModelInfo, range: LengthRange = defaultSizes.lengths): fc.Arbitrary<Example> =>
  lengths(model, range).chain((lengthAt) => examplesOf(model, lengthAt));

const examplesOf = (model: ModelInfo, lengthAt: Lengths): fc.Arbitrary<Example> => {
  const variables = [...model.inputs, ...model.targets];
  return fc
    .tuple(...variables.map((variable) => variableOf(model, variable, lengthAt)))
    .map((values) =>
      Object.fromEntries([
        ...variables.map(({ name }, i) => [name, values[i]!]),
        ...lengthsGivenByName(model, lengthAt),
      ]),
    );
};

/** A batch with the examples that it was packed from. */
export interface Packed {
  readonly examples: ReadonlyArray<Example>;
  readonly batch: Batch;
}

export const batches = ({ model, pack }: CompiledModel, sizes: Partial<Sizes> = {}): fc.Arbitrary<Packed> => {
  const { lengths: range, examples: count } = { ...defaultSizes, ...sizes };
  return fc
    .array(examples(model, range), { minLength: count.least, maxLength: count.greatest })
    .map((given) => ({ examples: given, batch: pack(given), [fc.toStringMethod]: () => JSON.stringify(given) }));
};

const variableOf = (model: ModelInfo, variable: VariableInfo, lengthAt: Lengths): fc.Arbitrary<Nested> => {
  const symbols = symbolsOf(variable);
  const value = symbols === undefined ? hundredths(1.5) : fc.nat(symbols - 1);
  const lengthNamed = (length: string): number => {
    const axis = model.axes.find((each) => each.length === length);
    return axis === undefined ? 0 : lengthAt(axis.name, {});
  };
  const fill = (depth: number, place: Readonly<Record<string, number>>): fc.Arbitrary<Nested> => {
    const axis = variable.indices[depth];
    const positions = axis === undefined ? acceptedPositions(model, variable, lengthNamed) : undefined;
    if (positions !== undefined) return fc.integer({ min: positions.least, max: positions.most });
    if (axis === undefined) {
      const isFollowed = (outer: string): boolean => place[outer]! < lengthAt(outer, place) - 1;
      return element(variable.shape, value).map((given) => notEndingEarly(model, variable, given, isFollowed));
    }
    return fc.tuple(
      ...Array.from({ length: lengthAt(axis, place) }, (_, i) => fill(depth + 1, { ...place, [axis]: i })),
    );
  };
  return fill(0, {});
};

const element = ([size, ...others]: ReadonlyArray<number>, value: fc.Arbitrary<number>): fc.Arbitrary<Nested> =>
  size === undefined ? value : listOf(element(others, value), size);

/** How many values a variable may take, if they are countable: a truth value is 0 or 1. */
const symbolsOf = ({ symbols, truth }: VariableInfo): number | undefined => (truth === true ? 2 : symbols);

/** The lengths of axes on which no data stands, which an example gives by name. */
const lengthsGivenByName = (
  { axes, inputs, targets }: ModelInfo,
  lengthAt: Lengths,
): ReadonlyArray<readonly [string, Nested]> => {
  const stood = [...inputs, ...targets].flatMap(({ indices }) => indices);
  const known = axes.filter(({ name }) => stood.includes(name)).map(({ length }) => length);
  return axes.flatMap(({ name, length, over }) => {
    if (typeof length === "number" || known.includes(length)) return [];
    const nest = (depth: number, place: Readonly<Record<string, number>>): Nested => {
      const outer = over[depth];
      return outer === undefined
        ? lengthAt(name, place)
        : Array.from({ length: lengthAt(outer, place) }, (_, i) => nest(depth + 1, { ...place, [outer]: i }));
    };
    return [[length, nest(0, {})] as const];
  });
};

const product = (sizes: ReadonlyArray<number>): number => sizes.reduce((a, b) => a * b, 1);

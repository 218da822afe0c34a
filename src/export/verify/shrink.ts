/** A case before it is drawn: the seed of its values, static sizes, and for each example how long each axis is at most. */
export interface CaseSpec {
  readonly seed: number;
  readonly sizes: Readonly<Record<string, number>>;
  readonly examples: ReadonlyArray<Lengths>;
}

type Lengths = Readonly<Record<string, number>>;

/**
 * Cases that are smaller, the boldest first: fewer examples, then shorter, then smaller sizes. `single` are the lengths that
 * examples of one batch need not share.
 */
export const smallerCases = (spec: CaseSpec, single: ReadonlyArray<string>): ReadonlyArray<CaseSpec> => [
  ...fewer(spec.examples)
    .filter((examples) => isEmptyAlone(spec.examples) || !isEmptyAlone(examples))
    .map((examples) => ({ ...spec, examples })),
  ...shorter(spec.examples, single).map((examples) => ({ ...spec, examples })),
  ...Object.entries(spec.sizes).flatMap(([name, size]) =>
    below(size).map((smaller) => ({ ...spec, sizes: { ...spec.sizes, [name]: smaller } })),
  ),
];

/** Whether all sequences of a name are empty, which none is but beside others. */
const isEmptyAlone = (examples: ReadonlyArray<Lengths>): boolean =>
  Object.keys(examples[0] ?? {}).some((name) => examples.every((example) => example[name] === 0));

/** 1, half, and one less; nothing of what is 1. */
const below = (value: number): ReadonlyArray<number> =>
  [...new Set([1, Math.floor(value / 2), value - 1])].filter((smaller) => smaller >= 1 && smaller < value);

const fewer = (examples: ReadonlyArray<Lengths>): ReadonlyArray<ReadonlyArray<Lengths>> => {
  if (examples.length < 2) return [];
  const alone = examples.map((example) => [example]);
  return examples.length === 2 ? alone : [...alone, ...examples.map((_, i) => examples.toSpliced(i, 1))];
};

const shorter = (
  examples: ReadonlyArray<Lengths>,
  single: ReadonlyArray<string>,
): ReadonlyArray<ReadonlyArray<Lengths>> => {
  const names = Object.keys(examples[0] ?? {});
  const together = names.flatMap((name) =>
    below(Math.max(...examples.map((example) => example[name]!))).map((most) =>
      examples.map((example) => ({ ...example, [name]: Math.min(example[name]!, most) })),
    ),
  );
  const alone = examples.flatMap((example, i) =>
    names
      .filter((name) => single.includes(name) && examples.length > 1)
      .flatMap((name) => below(example[name]!).map((length) => examples.with(i, { ...example, [name]: length }))),
  );
  return [...together, ...alone];
};

/** So many are tried at once. */
const round = 8;

/**
 * From a case that differs to one that differs and of which no smaller one does. `judge` says of several cases what differs in
 * each, if anything does.
 */
export const shrunk = async <Difference>(
  spec: CaseSpec,
  difference: Difference,
  single: ReadonlyArray<string>,
  judge: (specs: ReadonlyArray<CaseSpec>) => Promise<ReadonlyArray<Difference | undefined>>,
): Promise<{ readonly spec: CaseSpec; readonly difference: Difference }> => {
  const candidates = smallerCases(spec, single);
  for (let start = 0; start < candidates.length; start += round) {
    const tried = candidates.slice(start, start + round);
    const judged = await judge(tried);
    const found = judged.findIndex((each) => each !== undefined);
    if (found >= 0) return shrunk(tried[found]!, judged[found]!, single, judge);
  }
  return { spec, difference };
};

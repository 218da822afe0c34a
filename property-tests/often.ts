const isThorough = process.env.RNNC_THOROUGH !== undefined;

/**
 * How many cases a property tries: a quarter of the usual number in `npm test`, all of them where a run is thorough
 * (`npm run test:thorough`, which CI also does); `FC_RUNS` takes the place of either.
 */
export const often = (usual: number): number =>
  Number(process.env.FC_RUNS ?? (isThorough ? usual : Math.ceil(usual / 4)));

/** Of cases that are told one by one, one in four, at another place for each `turn`; all where a run is thorough. */
export const someOf = <A>(cases: ReadonlyArray<A>, turn = 0): ReadonlyArray<A> =>
  isThorough ? cases : cases.filter((_, i) => (i + turn) % 4 === 0);

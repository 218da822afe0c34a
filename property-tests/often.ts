/** Whether a run tries what takes long. */
export const isThorough = process.env.RNNC_THOROUGH !== undefined;

/**
 * How many cases a property tries: one in four of the usual number in `npm test`, or one in more where each takes long,
 * all of them where a run is thorough (`npm run test:thorough`, which CI also does); `FC_RUNS` takes the place of either.
 */
export const often = (usual: number, oneIn = 4): number =>
  Number(process.env.FC_RUNS ?? (isThorough ? usual : Math.ceil(usual / oneIn)));

/** Of cases that are told one by one, one in four or more, at another place for each `turn`; all where a run is thorough. */
export const someOf = <A>(cases: ReadonlyArray<A>, turn = 0, oneIn = 4): ReadonlyArray<A> =>
  isThorough ? cases : cases.filter((_, i) => (i + turn) % oneIn === 0);

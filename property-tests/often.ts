/**
 * How many cases a property tries: a quarter of the usual number in `npm test`, all of them where a run is thorough
 * (`npm run test:thorough`, which CI also does); `FC_RUNS` takes the place of either.
 */
export const often = (usual: number): number =>
  Number(process.env.FC_RUNS ?? (process.env.RNNC_THOROUGH === undefined ? Math.ceil(usual / 4) : usual));

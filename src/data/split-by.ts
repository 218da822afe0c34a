import * as t from "io-ts";

/** Which examples are held out: every n-th, as many drawn at random, whole groups, or the end of each series. */
export const SplitBy = t.keyof({ every: null, random: null, group: null, time: null });
export type SplitBy = t.TypeOf<typeof SplitBy>;

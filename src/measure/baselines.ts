import type { Said } from "./observations.ts";
import type { Situation } from "./situation.ts";

/** What the training part taught says of the values at places of an example. */
export interface Baseline {
  readonly name: string;
  readonly says: (situation: Situation, places: Int32Array) => Said;
}

/** Baselines of one target that are still being taught: by the places of each example that count. */
export interface Pupil {
  readonly teach: (situation: Situation, places: Int32Array) => void;
  readonly taught: () => ReadonlyArray<Baseline>;
}

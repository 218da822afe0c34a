import type { Dataset } from "./dataset.ts";
import type { Program } from "./program.ts";
import type { TrainingSettings } from "./protocol.ts";

/** A model to begin from, with data that it can be trained on. */
export interface Starter {
  readonly name: string;
  readonly title: string;
  readonly program: Program;
  readonly dataset: Dataset | null;
  readonly settings: Partial<TrainingSettings>;
}

/** Put in when the page is made (`playground/build/starters.ts`). */
declare const rnncStarters: ReadonlyArray<Starter>;

export const starters = (): ReadonlyArray<Starter> => rnncStarters;

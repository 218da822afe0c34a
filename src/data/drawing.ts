import type { GenerateOptions } from "../runtime/interface.ts";

/** How sequences are drawn, or searched along a beam. */
export interface Drawing
  extends Pick<GenerateOptions, "choose" | "temperature" | "topK" | "topP" | "beam" | "lengthPenalty"> {
  /** What random numbers start from (default 1). */
  readonly seed?: number;
  /** How many steps at the most (default 500, or as far as the model and the inputs reach). */
  readonly length?: number;
  /** So many of each, as a list; with a beam the best of them, at most its width. */
  readonly several?: number;
}

/** How often `generate` is given what it draws from: a beam finds several of one. */
export const copiesOf = ({ beam, several = 1 }: Drawing): number => (beam === undefined ? several : 1);

/** The same for `generate`. */
export const drawingOf = (
  { seed = 1, length: _, several = 1, beam, ...others }: Drawing,
  length: number,
): GenerateOptions => (beam === undefined ? { seed, length, ...others } : { length, beam, keep: several, ...others });

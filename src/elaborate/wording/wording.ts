import type { Label } from "../../syntax/diagnostic.ts";
import type { Problem } from "../problem.ts";

/** What is said of a problem; where it stands is the problem's own. */
export interface Wording {
  readonly severity?: "warning";
  readonly message: string;
  /** What stands under the first label; the message if nothing. */
  readonly label?: string;
  readonly others?: ReadonlyArray<Label>;
  readonly hint?: string | undefined;
}

/** The wording of some kinds of problems. */
export type WordingsOf<Tag extends Problem["tag"]> = {
  readonly [T in Tag]: (problem: Extract<Problem, { readonly tag: T }>) => Wording;
};

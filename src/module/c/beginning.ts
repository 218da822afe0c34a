import type { InitialiserInfo } from "../../runtime/interface.ts";
import type { CContents } from "./contents.ts";

export type OfDraws = Extract<InitialiserInfo, { tag: "function" }>;

/**
 * Whether parameters can begin in C, where there is no room but their own: in a function of draws nothing may be drawn after
 * a matrix that is orthogonal.
 */
export const isBeginning = ({ model, exports }: CContents): boolean =>
  exports.includes("init") && model.params.every(({ init }) => init.tag !== "function" || isInPlace(init));

const isInPlace = ({ steps }: OfDraws): boolean => {
  const draws = steps.flatMap((step) => (step.tag === "draw" ? [step.draw.tag] : []));
  const first = draws.indexOf("orthogonal");
  return first < 0 || draws.slice(first + 1).every((tag) => tag === "constant" || tag === "identity");
};

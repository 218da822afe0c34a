import type { NodeId } from "../../circuit/circuit.ts";
import { commonDepth, type Path } from "./loops.ts";
import type { Scribe } from "./scribe.ts";

/** The factors of a product that nothing else reads (of anything else, itself), and whether zero must absorb in its gradient. */
export interface Factors {
  readonly factors: ReadonlyArray<NodeId>;
  readonly absorbs: boolean;
  /** Whether zero absorbs in its value too. */
  readonly isStrict: boolean;
}

export const factorsOf = (s: Scribe, id: NodeId, path: Path): Factors => {
  const { op, inputs } = s.node(id);
  if (op.tag !== "map" || (op.fn !== "mul" && op.fn !== "times") || !isOwn(s, id, path) || s.isRecognised(id))
    return { factors: [id], absorbs: false, isStrict: false };
  const parts = inputs.map((input) => factorsOf(s, input, path));
  return {
    factors: parts.flatMap(({ factors }) => factors),
    absorbs: s.absorbs(id) || parts.some(({ absorbs }) => absorbs),
    isStrict: op.fn === "times" || parts.some(({ isStrict }) => isStrict),
  };
};

/** Whether nothing else reads a value, and it is made in the same loops. */
const isOwn = (s: Scribe, id: NodeId, path: Path): boolean => {
  const home = s.home(id);
  return s.uses(id) === 1 && home.length === path.length && commonDepth(home, path) === path.length;
};

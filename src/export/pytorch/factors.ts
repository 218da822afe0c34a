import type { NodeId } from "../../circuit/circuit.ts";
import { commonDepth, type Path } from "./loops.ts";
import type { Scribe } from "./scribe.ts";

/** The factors of a product that nothing else reads; of anything else, itself. */
export const factorsOf = (s: Scribe, id: NodeId, path: Path): ReadonlyArray<NodeId> => {
  const { op, inputs } = s.node(id);
  if (op.tag !== "map" || (op.fn !== "mul" && op.fn !== "times") || !isOwn(s, id, path) || s.absorbs(id)) return [id];
  return inputs.flatMap((input) => factorsOf(s, input, path));
};

/** Whether nothing else reads a value, and it is made in the same loops. */
const isOwn = (s: Scribe, id: NodeId, path: Path): boolean => {
  const home = s.home(id);
  return s.uses(id) === 1 && home.length === path.length && commonDepth(home, path) === path.length;
};

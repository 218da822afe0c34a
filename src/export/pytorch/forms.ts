import type { NodeId } from "../../circuit/circuit.ts";
import { commonDepth, type Path } from "./loops.ts";
import { outside, type Plan } from "./plan.ts";
import type { Setting } from "./setting.ts";

/** Which values have no line of their own. */
export interface Forms {
  /** Another form of what it reads, written anew by each that reads it. */
  readonly isForm: (id: NodeId) => boolean;
  /** Whether a value may be written where it is read. */
  readonly isInline: (id: NodeId, path: Path) => boolean;
}

export const formsOf = (
  { node, homes, kept: { from: kept }, readers, recognised }: Plan,
  setting: Pick<Setting, "comment">,
): Forms => {
  /** What reads a value; what reads it in another form only is looked through. */
  const lastReaders = (id: NodeId): ReadonlyArray<NodeId> =>
    readers(id).flatMap((reader) => (reader !== outside && isForm(reader) ? lastReaders(reader) : [reader]));
  const isForm = (id: NodeId): boolean =>
    (["rename", "onehot", "slice"].includes(node(id).op.tag) || isFactor(id)) &&
    !kept.has(id) &&
    readers(id).every((reader) => reader !== outside);
  /** A product that is summed: the sum is printed with its factors. */
  const isFactor = (id: NodeId): boolean => {
    const { op } = node(id);
    const [reader, ...others] = readers(id);
    if (
      op.tag !== "map" ||
      (op.fn !== "mul" && op.fn !== "times") ||
      reader === undefined ||
      reader === outside ||
      others.length > 0 ||
      recognised.has(id)
    )
      return false;
    const by = node(reader).op;
    return (by.tag === "reduce" && by.fn === "sum") || isFactor(reader);
  };
  /** Whether a value is written where it is read. */
  const isInline = (id: NodeId, path: Path): boolean => {
    const { op, name } = node(id);
    if (op.tag === "constant" || op.tag === "parameter" || op.tag === "index" || op.tag === "length") return true;
    if (op.tag === "delay" || op.tag === "input" || kept.has(id)) return false;
    if (isForm(id)) return true;
    const by = lastReaders(id);
    if (by.length !== 1 || by[0] === outside) return false;
    if (name !== undefined && setting.comment(id) !== undefined) return false;
    const home = homes.get(by[0]!)!;
    return home.length === path.length && commonDepth(home, path) === path.length && !readsTwice(by[0]!);
  };
  const readsTwice = (reader: NodeId): boolean => node(reader).op.tag === "delay" || node(reader).op.tag === "at";
  return { isForm, isInline };
};

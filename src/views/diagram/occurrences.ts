import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { Index } from "../../circuit/environment.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { type Instance, type Unfolded, unfold } from "../../circuit/unfold.ts";
import { type LiveCells, liveCells } from "./live-cells.ts";
import { nearestShown } from "./nearest.ts";

/** What stands in the picture of an unfolded graph: a variable at a position, or what it is outside of its axis. */
export interface Occurrence {
  readonly key: string;
  readonly node: NodeId;
  /** By axis key; of a boundary, 0 and below, or above the length. */
  readonly at: Index;
  readonly isBoundary: boolean;
  /** Its first cell and how many it has. */
  readonly first: number;
  readonly size: number;
}

export interface Occurrences {
  readonly all: ReadonlyArray<Occurrence>;
  readonly cells: LiveCells;
  /** The occurrences that each cell belongs to, if it belongs to one. */
  readonly ownerOf: ReadonlyMap<number, Occurrence>;
  /** The cells of occurrences that a cell reads, directly or through others. */
  readonly sources: (cell: number) => ReadonlyArray<number>;
  readonly unfolded: Unfolded;
}

/** The unfolded graph between variables: what stands between them has no name and is left out. */
export const occurrencesOf = (
  circuit: Circuit,
  lengths: Readonly<Record<string, number>>,
  isShown: (node: NodeId) => boolean,
): Occurrences => {
  const unfolded = unfold(circuit, { lengths });
  const cells = liveCells(unfolded);
  const all = unfolded.instances.flatMap((instance, i): ReadonlyArray<Occurrence> => {
    const size = (unfolded.instances[i + 1]?.first ?? unfolded.cells.length) - instance.first;
    const isLive = cellsOf({ first: instance.first, size }).some((cell) => cells.live.has(cell));
    const found = isLive
      ? isShown(instance.node)
        ? instance
        : outside(circuit, unfolded, instance, isShown)
      : undefined;
    return found === undefined
      ? []
      : [{ ...occurrence(found.node, found.at), isBoundary: found !== instance, first: instance.first, size }];
  });
  const ownerOf = new Map(all.flatMap((one) => cellsOf(one).map((cell) => [cell, one] as const)));
  return { all, cells, ownerOf, sources: nearestShown(cells.reads, (cell) => ownerOf.has(cell)), unfolded };
};

export const cellsOf = ({ first, size }: Pick<Occurrence, "first" | "size">): ReadonlyArray<number> =>
  Array.from({ length: size }, (_, k) => first + k);

const occurrence = (node: NodeId, at: Index) => ({ key: `n${node}@${Object.values(at).join()}`, node, at });

/** Where a delay reads what does not exist: the variable there, which is the delay's boundary. */
const outside = (
  { nodes }: Circuit,
  { space }: Unfolded,
  { node, at }: Instance,
  isShown: (node: NodeId) => boolean,
): { readonly node: NodeId; readonly at: Index } | undefined => {
  const { op, axes, inputs } = nodeAt({ nodes }, node);
  const [, source = -1] = inputs;
  if (op.tag !== "delay" || !isShown(source)) return undefined;
  const before = { ...at, [op.axis.key]: at[op.axis.key]! - op.by };
  if (
    space.exists(
      axes.filter(({ tag }) => tag === "time"),
      before,
    )
  )
    return undefined;
  const own = nodeAt({ nodes }, source).axes.filter(({ tag }) => tag === "time");
  return { node: source, at: Object.fromEntries(own.map(({ key }) => [key, before[key]!])) };
};

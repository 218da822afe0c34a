import type { Axis } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Slot } from "../../loops/loops.ts";
import type { Size } from "../../loops/size.ts";
import { updatedLeaf } from "../statements/classify.ts";
import type { StatementId } from "../statements/statement.ts";
import { sourceOf } from "./in-place.ts";
import type { BufferPlace } from "./places.ts";
import type { Placing } from "./placing.ts";
import { placeInWhole } from "./share.ts";

/** What the caller gives. */
export const placeLeaves = (placing: Placing): ReadonlyArray<Slot> => {
  const { classified, places, extent } = placing;
  const { circuit, live, shares, pads } = classified;
  // What has components alone comes first: it stays where it is when the sizes of a batch change.
  const inOrder = [...live].sort((a, b) => Number(isSteady(circuit, b)) - Number(isSteady(circuit, a)) || a - b);
  return inOrder.flatMap((id): ReadonlyArray<Slot> => {
    const { op, axes } = nodeAt(circuit, id);
    if (op.tag !== "parameter" && op.tag !== "input") return [];
    const name = op.tag === "parameter" ? op.path : op.name;
    const share = shares.get(id);
    const place = places.placed(id, () =>
      share === undefined
        ? places.allocate(name, axes, pads.get(id))
        : placeInWhole(placing, id, share, () => nodeAt(circuit, share.whole).axes),
    );
    return [{ kind: op.tag, name, buffer: place.buffer, start: place.start, axes: slotAxes(axes, extent) }];
  });
};

const isSteady = (circuit: Circuit, id: NodeId): boolean =>
  nodeAt(circuit, id).axes.every((axis) => axis.tag === "feature");

/** What the caller gets. */
export interface ResultSlot extends Slot {
  readonly role: Output["role"];
}

/** The results, and the places of those that are copied. */
export interface PlacedResults {
  readonly results: ReadonlyArray<ResultSlot>;
  readonly copies: ReadonlyMap<StatementId, BufferPlace>;
}

export const placeResults = (placing: Placing): PlacedResults => {
  const { classified, inPlace, extent } = placing;
  const { circuit } = classified;
  const placed = circuit.outputs.map((output, i) => {
    const id = circuit.nodes.length + i;
    return { id, output, ...placeResult(placing, output, id) };
  });
  return {
    results: placed.map(({ output, place, from }) => ({
      kind: "result",
      role: output.role,
      name: output.name,
      buffer: place.buffer,
      start: place.start + from,
      axes: slotAxes(output.axes, extent),
    })),
    copies: new Map(placed.flatMap(({ id, place }) => (inPlace.uncopied.has(id) ? [] : [[id, place] as const]))),
  };
};

/** An update takes its leaf's place, what needs no copy its value's, from where a slice of it begins. */
const placeResult = (
  { classified, inPlace, places }: Placing,
  output: Output,
  id: StatementId,
): { readonly place: BufferPlace; readonly from: number } => {
  const { circuit, statements } = classified;
  const leaf = updatedLeaf(classified, statements.get(id)!);
  if (leaf !== undefined) return { place: places.placeOf(leaf)!, from: 0 };
  if (!inPlace.uncopied.has(id)) return { place: places.allocate(output.name, output.axes), from: 0 };
  const place = places.placeOf(sourceOf(circuit, output))!;
  const { op } = nodeAt(circuit, output.node);
  return { place, from: op.tag === "slice" ? op.from * place.strides[0]!.stride.factor : 0 };
};

const slotAxes = (axes: ReadonlyArray<Axis>, extent: (axis: Axis) => Size): Slot["axes"] =>
  axes.map((axis) => ({
    name: axis.tag === "time" ? axis.key : axis.tag === "batch" ? "batch" : "",
    extent: extent(axis),
  }));

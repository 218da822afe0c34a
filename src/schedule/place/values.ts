import { type Axis, hasAxis, sortAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Consumer } from "../order/sinking.ts";
import type { Statement, StatementId } from "../statements/statement.ts";
import { passAxisFirst } from "../statements/sum-order.ts";
import type { Path } from "./paths.ts";
import type { Placing } from "./placing.ts";
import { placeInWhole } from "./share.ts";

type ValueOf = Extract<Statement, { readonly node: NodeId }>;

/** Gives the values of statements their places, but for those that need no more than a local. */
export const placeValues = (placing: Placing): void => {
  const { circuit, statements, shares, pads } = placing.classified;
  const { placed, allocate } = placing.places;
  for (const statement of statements.values()) {
    if (!("node" in statement)) continue;
    const { node } = statement;
    const share = shares.get(node);
    if (share !== undefined)
      placed(node, () => placeInWhole(placing, node, share, () => axesOfWhole(placing, share.whole)));
    else if (!isLocal(placing, statement))
      placed(node, () =>
        allocate(nodeAt(circuit, node).name ?? `v${node}`, axesOfBuffer(placing, statement), pads.get(node)),
      );
  }
};

const isLocal = (placing: Placing, statement: ValueOf): boolean => {
  const { classified, inPlace, keeping } = placing;
  const path = pathOf(placing, statement.id);
  return (
    !classified.pads.has(statement.node) &&
    !inPlace.direct.has(statement.node) &&
    usesOf(placing, statement).every(({ by, dependence }) =>
      keeping.staysInBody(statement, path, pathOf(placing, by), dependence),
    )
  );
};

const axesOfBuffer = (placing: Placing, statement: ValueOf): ReadonlyArray<Axis> => {
  const { classified, inPlace, inOrderOfUse } = placing;
  const { node } = statement;
  const isDirect = inPlace.direct.has(node);
  const pad = classified.pads.get(node);
  if (isDirect) return sortAxes(statement.axes);
  const kept = keptAxes(placing, statement);
  // The rows of a pad stand before and after all others.
  const axes =
    pad === undefined
      ? passAxisFirst(classified.sums)(fixedOutside(kept))
      : [pad.axis, ...withoutAxes(kept, [pad.axis])];
  return inOrderOfUse(node, axes);
};

/**
 * Axes of a length that is known outside of those that run: what a parameter over an axis is multiplied with, at all
 * positions and in all examples, then stands as the columns of one matrix.
 */
const fixedOutside = (axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> => {
  const fixed = axes.filter((axis) => axis.tag === "time" && axis.extent.tag === "fixed");
  return [...fixed, ...withoutAxes(axes, fixed)];
};

/** A concatenation's buffer has the axes that any of its parts needs there. */
const axesOfWhole = (placing: Placing, whole: NodeId): ReadonlyArray<Axis> => {
  const { circuit, statements, sums } = placing.classified;
  const { inputs, axes } = nodeAt(circuit, whole);
  const parts = inputs.flatMap((part) => keptAxes(placing, statements.get(part)!));
  const isKept = (axis: Axis): boolean => axis.tag === "feature" || hasAxis(parts, axis);
  return placing.inOrderOfUse(whole, passAxisFirst(sums)(axes.filter(isKept)));
};

/** The axes that the buffer of a value has, once those are dropped that all its uses share. */
const keptAxes = (placing: Placing, statement: Statement): ReadonlyArray<Axis> => {
  const uses = usesOf(placing, statement).map(({ by, dependence }) => [pathOf(placing, by), dependence] as const);
  const path = pathOf(placing, statement.id);
  const dropped = placing.keeping.droppable(statement, path, uses);
  return withoutAxes(
    statement.axes,
    dropped.filter((axis) => !isBoundedApart(placing, statement, path, axis)),
  );
};

/** Whether its boundary differs from turn to turn of a loop along an axis, and is written outside of that loop: for all turns. */
const isBoundedApart = (placing: Placing, { id }: Statement, path: Path, axis: Axis): boolean => {
  const { circuit, pads, boundaryOf } = placing.classified;
  const pad = pads.get(id);
  const values = [pad?.frontValue, pad?.backValue].filter((value) => value !== undefined);
  if (!values.some((value) => hasAxis(nodeAt(circuit, value).axes, axis))) return false;
  const turn = path.find(({ axes }) => hasAxis(axes, axis));
  return !pathOf(placing, boundaryOf(id)).some(({ scope }) => scope === turn?.scope);
};

const usesOf = ({ uses, inPlace }: Placing, { id }: Statement): ReadonlyArray<Consumer> =>
  uses.consumersOf(id).filter(({ by }) => !inPlace.uncopied.has(by));

const pathOf = ({ paths }: Placing, id: StatementId): Path => paths.get(id) ?? [];

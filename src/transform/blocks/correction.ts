import { type Axis, knownSize, raggedOver, sameAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { factorsOf } from "./factors.ts";
import { type Renames, renamedAxes, type Sum } from "./reading.ts";

/** A factor of what is written that depends on the state: a sum of what is known, and of sums over the state before it. */
export interface Correction {
  readonly id: NodeId;
  readonly known: ReadonlyArray<Scaled>;
  readonly reads: ReadonlyArray<ScaledSum>;
}

/** A product with its sign. */
export interface Scaled {
  readonly sign: 1 | -1;
  readonly factors: ReadonlyArray<Renamed>;
}

/** A sum over the state before it is written, how its axes are renamed afterwards, and what it is multiplied with then. */
export interface ScaledSum extends Scaled {
  readonly sum: Sum;
  readonly renames: ReadonlyArray<Renames>;
}

/** A node, and how its axes are renamed: the last renaming stands first. */
export interface Renamed {
  readonly id: NodeId;
  readonly renames: ReadonlyArray<Renames>;
}

/** What is looked for: a recurrence by its delay. */
interface Within {
  readonly circuit: Circuit;
  readonly members: ReadonlySet<NodeId>;
  readonly delay: NodeId;
}

/** What stands outside of a part of a sum: the products and renamings that it has gone through. */
interface Outside extends Scaled {
  readonly renames: ReadonlyArray<Renames>;
  readonly depth: number;
}

/** Sums may share their parts, so that taking them apart doubles with each link. */
const deepest = 8;

/** A factor, with that sign, as a sum of known values and of sums over the delayed state, if it depends on it in no other way. */
export const correctionOf = (within: Within, id: NodeId, sign: 1 | -1): Correction | undefined => {
  const parts = partsOf(within, id, { sign, factors: [], renames: [], depth: 0 });
  if (parts === undefined) return undefined;
  const reads = parts.flatMap((part) => ("sum" in part ? [part] : []));
  const known = parts.filter((part) => !("sum" in part));
  return reads.every((read) => keepsAxes(within.circuit, id, read)) ? { id, known, reads } : undefined;
};

type Parts = ReadonlyArray<Scaled | ScaledSum>;

const partsOf = (within: Within, id: NodeId, outside: Outside): Parts | undefined => {
  const { circuit, members } = within;
  const { sign, factors, renames, depth } = outside;
  if (!members.has(id)) return [{ sign, factors: [...factors, { id, renames }] }];
  if (depth > deepest) return undefined;
  const { op, inputs } = nodeAt(circuit, id);
  const inner = { ...outside, depth: depth + 1 };
  const negated = { ...inner, sign: sign > 0 ? -1 : 1 } as const;
  const [x, y] = inputs as readonly [NodeId, NodeId];
  if (op.tag === "rename") return partsOf(within, x, { ...inner, renames: [...renames, op.renames] });
  if (op.tag === "reduce" && op.fn === "sum") return sumOver(within, id, op.over, outside);
  if (op.tag !== "map") return undefined;
  if (op.fn === "neg") return partsOf(within, x, negated);
  if (op.fn === "add" || op.fn === "sub") {
    const [left, right] = [partsOf(within, x, inner), partsOf(within, y, op.fn === "add" ? inner : negated)];
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  if (op.fn !== "mul" || (members.has(x) && members.has(y))) return undefined;
  const [member, other] = members.has(x) ? [x, y] : [y, x];
  return partsOf(within, member, { ...inner, factors: [...factors, { id: other, renames }] });
};

/** A sum over components of a product with the delayed state, perhaps renamed, which is one factor of it alone. */
const sumOver = (
  { circuit, members, delay }: Within,
  id: NodeId,
  over: ReadonlyArray<Axis>,
  { sign, factors: scale, renames }: Outside,
): Parts | undefined => {
  const factors = factorsOf(circuit, nodeAt(circuit, id).inputs[0]!);
  const read = factors.filter((each) => members.has(each));
  const others = factors.filter((each) => !members.has(each));
  const { op, inputs } = nodeAt(circuit, read[0]!);
  const isRenamed = op.tag === "rename" && inputs[0] === delay;
  const { op: delayed } = nodeAt(circuit, delay);
  const axis = delayed.tag === "delay" ? delayed.axis : undefined;
  if (read.length !== 1 || axis === undefined || (read[0] !== delay && !isRenamed)) return undefined;
  const isOverComponents = over.every((each) => !sameAxis(each, axis) && knownSize(each) !== undefined);
  const isRagged = others.some((each) => raggedOver(nodeAt(circuit, each).axes, axis).length > 0);
  const within = isRenamed ? op.renames : [];
  if (!isOverComponents || isRagged || within.flat().some((each) => sameAxis(each, axis))) return undefined;
  return [{ sign, factors: scale, renames, sum: { tag: "sum", isBefore: true, renames: within, over, others } }];
};

/**
 * Whether what is read of the state has the axes of the factor as it was written, none that is summed,
 * and what it is multiplied with none that is renamed between: else what one position corrects would not be a multiple of what another one wrote.
 */
const keepsAxes = (circuit: Circuit, id: NodeId, { sum, renames, factors }: ScaledSum): boolean => {
  const axes = nodeAt(circuit, id).axes;
  const before = renamedAxes(sum.renames, axes);
  const read = renames.reduceRight((sofar, each) => renamedAxes(each, sofar), before);
  const renamed = renames.flat(2);
  const scales = [...sum.others, ...factors.map((factor) => factor.id)].flatMap((each) => nodeAt(circuit, each).axes);
  const apart = scales.filter((axis) => !sum.over.some((each) => sameAxis(each, axis)));
  return (
    axes.every((axis, i) => sameAxis(axis, read[i]!)) &&
    !before.some((axis) => sum.over.some((each) => sameAxis(each, axis))) &&
    !apart.some((axis) => renamed.some((each) => sameAxis(each, axis)))
  );
};

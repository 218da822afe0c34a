import { type Axis, knownSize, raggedOver, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { factorsAmong } from "../../circuit/factors.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Renames, Sum } from "./reading.ts";

/** A term of a state: a product with its sign of factors that do not depend on the state, and of at most one that does. */
export interface Term {
  readonly sign: 1 | -1;
  readonly factors: ReadonlyArray<Renamed>;
  readonly state?: "delay" | Summed;
}

/** A sum over the delayed state, and how its axes are renamed afterwards. */
export interface Summed {
  readonly sum: Sum;
  readonly renames: ReadonlyArray<Renames>;
}

/** A node, and how its axes are renamed: the last renaming stands first. */
export interface Renamed {
  readonly id: NodeId;
  readonly renames: ReadonlyArray<Renames>;
}

/** A recurrence with one delay. */
export interface Recurrence {
  readonly circuit: Circuit;
  readonly axis: TimeAxis;
  readonly members: ReadonlySet<NodeId>;
  readonly delay: NodeId;
}

/** What stands outside of a part of a sum: the products and renamings that it has gone through. */
interface Outside extends Pick<Term, "sign" | "factors"> {
  readonly renames: ReadonlyArray<Renames>;
  readonly depth: number;
}

/** Sums may share their parts, so that taking them apart doubles with each link. */
const deepest = 8;

/** A state as a sum of terms, if it is linear in the delayed one and in sums over that. */
export const termsOf = (recurrence: Recurrence, state: NodeId): ReadonlyArray<Term> | undefined =>
  partsOf(recurrence, state, { sign: 1, factors: [], renames: [], depth: 0 });

const partsOf = (recurrence: Recurrence, id: NodeId, outside: Outside): ReadonlyArray<Term> | undefined => {
  const { circuit, members, delay } = recurrence;
  const { sign, factors, renames, depth } = outside;
  const and = (ids: ReadonlyArray<NodeId>): ReadonlyArray<Renamed> => [
    ...factors,
    ...ids.map((each) => ({ id: each, renames })),
  ];
  if (!members.has(id)) return [{ sign, factors: and(factorsOf(circuit, id)) }];
  if (id === delay) return renames.length > 0 ? undefined : [{ sign, factors, state: "delay" }];
  if (depth > deepest) return undefined;
  const { op, inputs } = nodeAt(circuit, id);
  const inner = { ...outside, depth: depth + 1 };
  const negated = { ...inner, sign: sign > 0 ? -1 : 1 } as const;
  const [x, y] = inputs as readonly [NodeId, NodeId];
  if (op.tag === "rename") return partsOf(recurrence, x, { ...inner, renames: [...renames, op.renames] });
  if (op.tag === "reduce" && op.fn === "sum") {
    const sum = sumOver(recurrence, x, op.over);
    return sum === undefined ? undefined : [{ sign, factors, state: { sum, renames } }];
  }
  if (op.tag !== "map") return undefined;
  if (op.fn === "neg") return partsOf(recurrence, x, negated);
  if (op.fn === "add" || op.fn === "sub") {
    const [left, right] = [partsOf(recurrence, x, inner), partsOf(recurrence, y, op.fn === "add" ? inner : negated)];
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  const [member, ...others] = op.fn === "mul" ? inputs.filter((each) => members.has(each)) : [];
  if (member === undefined || others.length > 0) return undefined;
  return partsOf(recurrence, member, { ...inner, factors: and(factorsOf(circuit, member === x ? y : x)) });
};

/** A sum over components of a product with the delayed state, perhaps renamed, which is one factor of it alone. */
const sumOver = (
  { circuit, axis, members, delay }: Recurrence,
  operand: NodeId,
  over: ReadonlyArray<Axis>,
): Sum | undefined => {
  const factors = factorsOf(circuit, operand);
  const [read, ...more] = factors.filter((each) => members.has(each));
  const others = factors.filter((each) => !members.has(each));
  if (read === undefined || more.length > 0) return undefined;
  const { op, inputs } = nodeAt(circuit, read);
  const renames = read === delay ? [] : op.tag === "rename" && inputs[0] === delay ? op.renames : undefined;
  const isOverComponents = over.every((each) => !sameAxis(each, axis) && knownSize(each) !== undefined);
  const isRagged = others.some((each) => raggedOver(nodeAt(circuit, each).axes, axis).length > 0);
  if (renames === undefined || !isOverComponents || isRagged) return undefined;
  return renames.flat().some((each) => sameAxis(each, axis))
    ? undefined
    : { tag: "sum", isBefore: true, renames, over, others };
};

/** The factors of a product of a circuit. */
export const factorsOf = (circuit: Circuit, id: NodeId): ReadonlyArray<NodeId> =>
  factorsAmong((each) => nodeAt(circuit, each), id);

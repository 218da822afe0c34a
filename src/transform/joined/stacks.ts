import type { FeatureAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { type Candidate, candidatesOf, contractionOf, type Studied } from "./candidates.ts";

/** Values laid side by side, in this order. */
export type Stack = ReadonlyArray<NodeId>;

/** Sums that become one: their own factors follow each other in a stack. */
export type Group = ReadonlyArray<Candidate>;

export interface Stacks {
  readonly groups: ReadonlyArray<Group>;
  readonly stackOf: (id: NodeId) => Stack | undefined;
}

/** Which sums share a factor, and how their other factors are laid side by side: each stands in one stack. */
export const stacksOf = (studied: Studied, isWorthwhile: (part: FeatureAxis) => boolean): Stacks => {
  const stacks = new Map<NodeId, Stack>();
  const joined = new Set<NodeId>();
  const groups: Group[] = [];
  const partnerOf = partners(studied);
  /** The weights follow the order of what they are multiplied with, where that stands in a stack. */
  const placeOf = (id: NodeId): number => {
    const partner = partnerOf(id).find((other) => stacks.has(other));
    return partner === undefined ? -1 : stacks.get(partner)!.indexOf(partner);
  };
  const candidates = candidatesOf(studied).filter(({ along }) => isWorthwhile(along));
  const sound = grouped(candidates).map((group) =>
    group.filter(({ own }) => group.every(({ sum }) => studied.mayFollow(sum, own))),
  );
  const all = sound
    .filter((group) => group.length > 1)
    .sort((a, b) => Number(a[0]!.isGiven) - Number(b[0]!.isGiven) || b.length - a.length || a[0]!.sum - b[0]!.sum);
  /** The members of a group side by side, so that those of another one that shares some of them can be too. */
  const laidOut = (group: Group): Stack => {
    const members = sortedBy(ownOf(group), placeOf);
    const isIn = (other: Group) => (id: NodeId) => ownOf(other).includes(id);
    const smaller = all.find((other) => other !== group && isNested(other, group) && other.length < group.length);
    const beside = all.find((other) => other !== group && !isNested(other, group) && members.some(isIn(other)));
    const first = beside ?? smaller;
    if (first === undefined) return members;
    const more =
      beside === undefined || beside[0]!.isGiven !== group[0]!.isGiven
        ? []
        : ownOf(beside).filter((id) => !members.includes(id));
    return [...members.filter((id) => !isIn(first)(id)), ...members.filter(isIn(first)), ...more];
  };
  for (const group of all) {
    const free = group.filter(({ sum }) => !joined.has(sum));
    const known = free.map(({ own }) => stacks.get(own)).find((stack) => stack !== undefined);
    const stack = known ?? laidOut(free);
    const members = sortedBy(free, ({ own }) => stack.indexOf(own));
    const isNew = known !== undefined || stack.every((id) => !stacks.has(id));
    const isSound = free.every(({ sum }) => stack.every((other) => studied.mayFollow(sum, other)));
    if (free.length < 2 || !isNew || !isSound || !isRun(stack, ownOf(members))) continue;
    for (const id of stack) stacks.set(id, stack);
    for (const { sum } of members) joined.add(sum);
    groups.push(members);
  }
  return { groups, stackOf: (id) => stacks.get(id) };
};

const ownOf = (group: Group): Stack => group.map(({ own }) => own);

const isNested = (group: Group, other: Group): boolean => ownOf(group).every((id) => ownOf(other).includes(id));

const grouped = (candidates: ReadonlyArray<Candidate>): ReadonlyArray<Group> => {
  const byKey = new Map<string, Candidate[]>();
  for (const candidate of candidates) byKey.set(candidate.key, [...(byKey.get(candidate.key) ?? []), candidate]);
  return [...byKey.values()];
};

/** By parameter, what it is multiplied with in some sum. */
const partners = (studied: Studied): ((id: NodeId) => ReadonlyArray<NodeId>) => {
  const found = new Map<NodeId, NodeId[]>();
  studied.circuit.nodes.forEach((_, id) => {
    const [left, right] = contractionOf(studied, id)?.factors ?? [];
    if (left === undefined || right === undefined) return;
    found.set(left, [...(found.get(left) ?? []), right]);
    found.set(right, [...(found.get(right) ?? []), left]);
  });
  return (id) => found.get(id) ?? [];
};

/** Whether values follow each other in a stack. */
export const isRun = (stack: Stack, members: ReadonlyArray<NodeId>): boolean => {
  const from = stack.indexOf(members[0]!);
  return from >= 0 && members.every((id, i) => stack[from + i] === id);
};

const sortedBy = <T>(list: ReadonlyArray<T>, rank: (item: T) => number): ReadonlyArray<T> =>
  list.toSorted((a, b) => rank(a) - rank(b));

import { components } from "../../circuit/components.ts";
import type { Plan } from "./needs.ts";
import type { Unit } from "./units.ts";

/** What is done one after the other: a unit by itself, or a pass with its members and what writes beside their rows. */
export type Item =
  | { readonly tag: "unit"; readonly unit: Unit }
  | {
      readonly tag: "pass";
      readonly pass: number;
      readonly members: ReadonlyArray<Unit>;
      readonly besides: ReadonlyArray<Unit>;
    };

/** The passes of a program and all else, in an order that keeps what is read before what reads it; undefined if none does. */
export const itemsInOrder = (
  units: ReadonlyArray<Unit>,
  { passOf, shortIn, needs }: Plan,
): ReadonlyArray<Item> | undefined => {
  const besides = new Map(
    units.flatMap((unit) => {
      const pass = unit.beside === undefined ? undefined : shortIn(unit.beside.buffer);
      return pass === undefined ? [] : [[unit, pass] as const];
    }),
  );
  const inItem = units.map((unit, at) => {
    const pass = besides.get(unit) ?? passOf(unit);
    return pass === undefined ? `unit ${at}` : `pass ${pass}`;
  });
  const before = new Map<string, Set<string>>(inItem.map((item) => [item, new Set()]));
  const follows = (later: string, earlier: string): void => {
    if (later !== earlier) before.get(later)!.add(earlier);
  };
  units.forEach((later, at) => {
    units.slice(0, at).forEach((earlier, of) => {
      if (areInConflict(earlier, later)) follows(inItem[at]!, inItem[of]!);
    });
  });
  for (const { pass, from } of needs)
    units.forEach(({ writes }, at) => {
      if (from !== undefined && writes.has(from)) follows(`pass ${pass}`, inItem[at]!);
    });
  const ordered = components([...before.keys()], (item) => [...before.get(item)!]);
  if (ordered.some((together) => together.length > 1)) return undefined;
  return ordered.map(([item]): Item => {
    const at = inItem.indexOf(item!);
    const pass = besides.get(units[at]!) ?? passOf(units[at]!);
    if (pass === undefined) return { tag: "unit", unit: units[at]! };
    return {
      tag: "pass",
      pass,
      members: units.filter((unit) => passOf(unit) === pass),
      besides: units.filter((unit) => besides.get(unit) === pass),
    };
  });
};

/** Rows beside a buffer are its own: who reads them comes after who writes them, and nothing else is in their way. */
const areInConflict = (earlier: Unit, later: Unit): boolean =>
  [...earlier.writes].some((id) => later.reads.has(id)) ||
  (later.beside === undefined &&
    [...later.writes].some((id) => earlier.reads.has(id) || (earlier.writes.has(id) && earlier.beside === undefined)));

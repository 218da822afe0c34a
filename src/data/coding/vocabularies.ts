import * as E from "fp-ts/lib/Either.js";
import type { Entries } from "./coding.ts";

/** What is known of the symbols of one kind before their numbers are given out. */
export interface Kind {
  /** The variables that share them, for messages. */
  readonly names: ReadonlyArray<string>;
  readonly counts: ReadonlyMap<string, number>;
  /** Numbers that the program gives to symbols of its own. */
  readonly reserved: ReadonlyArray<{ readonly number: number | undefined; readonly name: string }>;
  readonly isOpen: boolean;
  /** How many symbols there may be, if that is settled. */
  readonly most: number | undefined;
  readonly minimum: number;
}

const unknownEntry = "<unk>";

/** Numbers for symbols: those of the program where it puts them, the unknown, then all others in the order of their names. */
export const entriesOf = ({ names, counts, reserved, isOpen, most, minimum }: Kind): E.Either<string, Entries> => {
  const placed = new Map(
    reserved.flatMap(({ number, name }) => (number === undefined ? [] : [[number, name] as const])),
  );
  const free = reserved.filter(({ number }) => number === undefined).map(({ name }) => name);
  const special = [...free, ...(isOpen ? [unknownEntry] : [])];
  const own = new Set([...placed.values(), ...special]);
  const frequent = [...counts].filter(([entry, count]) => !own.has(entry) && (!isOpen || count >= minimum));
  const room = most === undefined ? Number.POSITIVE_INFINITY : most - own.size;
  if (frequent.length > room && !isOpen)
    return E.left(
      `${names.join(", ")}: I expected at most ${most} different values, and found ${frequent.length} (${frequent
        .slice(0, 8)
        .map(([entry]) => entry)
        .join(", ")}, …)`,
    );
  const kept = frequent
    .sort(([a, n], [b, m]) => m - n || compared(a, b))
    .slice(0, room)
    .map(([entry]) => entry)
    .sort(compared);
  const entries: string[] = [];
  const rest = [...special, ...kept];
  for (const last = Math.max(-1, ...placed.keys()); rest.length > 0 || entries.length <= last; )
    entries.push(placed.get(entries.length) ?? rest.shift() ?? `<${entries.length}>`);
  // A word of the data that is called so ends nothing.
  const ends = reserved.some(({ name }) => name === "<end>");
  const numberOf = (name: string): number | null => {
    const found = entries.indexOf(name);
    return found < 0 ? null : found;
  };
  return E.right({ entries, unknown: isOpen ? numberOf(unknownEntry) : null, end: ends ? numberOf("<end>") : null });
};

/** By code points, numbers by their size. */
const compared = (a: string, b: string): number => {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : a > b ? 1 : 0) : difference;
};

import { ownOf } from "../data/coding/own.ts";
import type { Example, Nested } from "../runtime/interface.ts";

/** Numbers in the order of their indices, and null for what is missing. */
export type Flat = ReadonlyArray<number | null>;

export const flatOf = (value: Nested): Flat => {
  const found: Array<number | null> = [];
  each(value, [], (entry) => void found.push(entry));
  return found;
};

/** The values of a target in an example, with a null for each component of what is missing; none if it is missing whole. */
export const givenIn = (
  {
    variable,
    indices,
    width,
  }: { readonly variable: string; readonly indices: ReadonlyArray<string>; readonly width: number },
  example: Example,
): Flat => {
  const value = ownOf(example, variable) ?? null;
  if (value === null) return [];
  const found: Array<number | null> = [];
  each(value, [], (entry, at) => {
    const missing = entry === null && at.length === indices.length ? width : 1;
    for (let i = 0; i < missing; i++) found.push(entry);
  });
  return found;
};

/** What stands over axes in one order, in the order of the same axes in another; components stay last. */
export const flatAs = (from: ReadonlyArray<string>, to: ReadonlyArray<string>, value: Nested): Flat => {
  if (from.join() === to.join()) return flatOf(value);
  const found: Array<{ readonly entry: number | null; readonly place: ReadonlyArray<number> }> = [];
  each(value, [], (entry, at) => {
    const place = [...to.map((name) => at[from.indexOf(name)]!), ...at.slice(from.length)];
    found.push({ entry, place });
  });
  return found.sort((a, b) => compared(a.place, b.place)).map(({ entry }) => entry);
};

const compared = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const at = a.findIndex((index, i) => index !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
};

type Visit = (entry: number | null, at: ReadonlyArray<number>) => void;

const each = (value: Nested, at: ReadonlyArray<number>, visit: Visit): void => {
  if (value === null || typeof value === "number") visit(value, at);
  else if ("data" in value) for (const [i, entry] of value.data.entries()) visit(entry, [...at, i]);
  else if (ArrayBuffer.isView(value)) for (const [i, entry] of value.entries()) visit(entry as number, [...at, i]);
  else for (const [i, part] of (value as ReadonlyArray<Nested>).entries()) each(part, [...at, i], visit);
};

import { call, name, number, offset } from "../../src/syntax/make.ts";
import type { Expression, Statement } from "../../src/syntax/tree.ts";
import { equation, index, real, variable } from "./tree.ts";

/** A value that later equations may read: scalars have no size. */
export interface Entry {
  readonly name: string;
  /** The axes, in the order of its indices. */
  readonly axes: ReadonlyArray<string>;
  readonly size: number | undefined;
  /** How it is read at a place; by default by its name. */
  readonly read?: (places: Places) => Expression;
  /** Whether it is a variable, which can be read elsewhere along its axes. */
  readonly isVariable: boolean;
}

/** What stands for an axis, where it is not the axis itself. */
export type Places = Readonly<Record<string, Expression>>;

/** Four choices that make one step of a program; 0 is the simplest. */
export interface Gene {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Smooth programs have no kinks; tame ones compute nothing infinite, not even where nothing reads it. */
export interface Manner {
  readonly smooth: boolean;
  readonly tame?: boolean;
}

/** A program as it grows: the one mutable thing here. */
export interface Growth {
  readonly smooth: boolean;
  readonly tame: boolean;
  readonly entries: Entry[];
  readonly statements: Statement[];
  readonly bounded: Set<string>;
}

export const newGrowth = ({ smooth, tame = false }: Manner): Growth => ({
  smooth,
  tame,
  entries: [
    { name: "v", axes: [], size: 2, isVariable: false },
    { name: "r", axes: [], size: undefined, isVariable: false },
    { name: "g", axes: [], size: 3, isVariable: false },
    { name: "q", axes: ["i", "w"], size: undefined, isVariable: true },
    { name: "z", axes: ["i"], size: undefined, isVariable: true },
    { name: "c", axes: ["t"], size: 2, isVariable: false, read: (at) => index("E", index("c", at.t ?? name("t"))) },
    { name: "x", axes: ["t"], size: 2, isVariable: true },
  ],
  statements: [],
  bounded: new Set(),
});

export const read = (entry: Entry, places: Places = {}): Expression =>
  entry.read?.(places) ?? index(entry.name, ...entry.axes.map((axis) => places[axis] ?? name(axis)));

/** Some entry, the latest first. */
export const pick = (
  { entries }: Growth,
  choice: number,
  fits: (entry: Entry) => boolean = () => true,
): Entry | undefined => {
  const fitting = entries.filter(fits);
  return fitting[fitting.length - 1 - (choice % Math.max(1, fitting.length))];
};

const order = ["t", "u", "i", "w", "f"];

export const unionOf = (...lists: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> =>
  order.filter((axis) => lists.some((list) => list.includes(axis)));

/** At most three axes together. */
export const goTogether = (a: Entry, b: Entry): boolean => unionOf(a.axes, b.axes).length <= 3;

/** Axes that something may be summed over, or moved along: no other is ragged over them. */
export const isFree = ({ axes }: { readonly axes: ReadonlyArray<string> }, axis: string): boolean =>
  axes.includes(axis) && !(axis === "i" && axes.includes("w"));

/** A new variable; `turn` picks the order of its indices. */
export const define = (
  growth: Growth,
  axes: ReadonlyArray<string>,
  size: number | undefined,
  value: Expression | ((self: Entry) => Expression),
  turn = 0,
): Entry => {
  const turned = turn % 2 === 0 ? axes : [...axes].reverse();
  const entry: Entry = { name: `v${growth.entries.length}`, axes: turned, size, isVariable: true };
  const target = variable(entry.name, ...turned.map(name));
  growth.statements.push(equation(target, typeof value === "function" ? value(entry) : value, real(size)));
  growth.entries.push(entry);
  return entry;
};

/** A variable somewhere else along an axis, which then needs a boundary: constant, learned or computed. */
export const moved = (growth: Growth, entry: Entry, axis: string, by: number, choice: number): Expression => {
  bound(growth, entry, axis, by, choice);
  return read(entry, { [axis]: offset(axis, -by) });
};

const bound = (growth: Growth, entry: Entry, axis: string, by: number, choice: number): void => {
  const key = `${entry.name} ${axis}`;
  if (growth.bounded.has(key)) return;
  growth.bounded.add(key);
  const place = growth.entries.indexOf(entry);
  const earlier = growth.entries
    .slice(0, place < 0 ? growth.entries.length : place)
    .filter(
      ({ axes, size }) => size === entry.size && axes.every((other) => other !== axis && entry.axes.includes(other)),
    );
  const values = [number(0), number(0.3), ...earlier.map((other) => read(other))];
  const at = (position: Expression): void => {
    const places = entry.axes.map((other) => (other === axis ? position : name(other)));
    growth.statements.push(equation(variable(entry.name, ...places), values[choice % values.length]!));
  };
  at(name("_"));
  // The nearest position of its own.
  if (choice % 3 === 1 && by > 0)
    growth.statements.push(
      equation(
        variable(entry.name, ...entry.axes.map((other) => (other === axis ? number(0) : name(other)))),
        entry.size === undefined ? number(0.7) : call("tanh", values.at(-1)!),
      ),
    );
};

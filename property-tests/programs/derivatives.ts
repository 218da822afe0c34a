import { call, name, number } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { define, type Entry, type Gene, type Growth, isFree, moved, pick, read } from "./growth.ts";
import { equation, over, plus, real, times, variable } from "./tree.ts";

/** One number of a value at a position, and of all its positions. */
const numberOf = ({ size }: Entry, value: Expression): Expression => (size === undefined ? value : call("sum", value));
const wholeOf = (entry: Entry, value: Expression): Expression => over("sum", entry.axes, numberOf(entry, value));

const wave = (entry: Entry, at: Expression = read(entry)): Expression => times(at, call("sin", at));

/** What a derivative may be taken by: not a row that is looked up. */
const isPlace = (entry: Entry): boolean => entry.read === undefined;

/** The whole derivative of a later value by an earlier one, or by where that is read. */
export const wholeDerivative = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a)!;
  const x = pick(growth, b, isPlace)!;
  const free = x.isVariable ? x.axes.filter((axis) => isFree(x, axis)) : [];
  const place =
    free.length > 0 && c % 3 === 1 ? moved(growth, x, free[c % free.length]!, [1, -1, 2][c % 3]!, b) : read(x);
  return define(growth, x.axes, x.size, call("grad", wholeOf(e, wave(e)), place));
};

/** The derivative position by position: of what stands beside `x`, by `x` there or elsewhere along an axis. */
export const eachDerivative = (growth: Growth, { a, b, c }: Gene): unknown => {
  const x = pick(growth, a, (entry) => isPlace(entry) && entry.axes.length > 0)!;
  const free = x.isVariable ? x.axes.filter((axis) => isFree(x, axis)) : [];
  const place =
    free.length > 0 && c % 2 === 1 ? moved(growth, x, free[c % free.length]!, b % 2 === 0 ? 1 : -1, b) : read(x);
  const beside = pick(
    growth,
    b,
    (entry) => growth.entries.indexOf(entry) < 7 && entry.axes.every((axis) => x.axes.includes(axis)),
  )!;
  const energy = times(numberOf(x, wave(x, place)), call("sigmoid", numberOf(beside, read(beside))));
  return define(growth, x.axes, x.size, call("grad", energy, place));
};

/** Two states that move each other by the derivatives of an energy. */
export const forces = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, (entry) => entry.axes.some((axis) => isFree(entry, axis)) && entry.size !== 3);
  if (e === undefined) return;
  const free = e.axes.filter((axis) => isFree(e, axis));
  const axis = free[b % free.length]!;
  const by = c % 2 === 0 ? 1 : -1;
  const second: Entry = { name: `m${growth.entries.length}`, axes: e.axes, size: e.size, isVariable: true };
  const energy = (q: Expression, p: Expression): Expression =>
    plus(numberOf(e, times(call("sin", q), p)), numberOf(e, times(p, call("tanh", p))));
  const step = (value: Expression): Expression => times(number(0.3), value);
  const before = (entry: Entry): Expression => moved(growth, entry, axis, by, b);
  const first = define(growth, e.axes, e.size, (self) => {
    const [q, p] = [before(self), before(second)];
    return plus(q, step(call("grad", energy(q, p), p)));
  });
  // Of what was moved already, or of what was not.
  const q = c % 3 === 0 ? before(first) : read(first);
  const force = call("grad", energy(q, before(second)), q);
  const value = plus(times(number(0.5), before(second)), plus(step(force), step(call("tanh", read(e)))));
  growth.statements.push(equation(variable(second.name, ...e.axes.map(name)), value, real(e.size)));
  growth.entries.push(second);
};

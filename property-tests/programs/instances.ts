import { name, number, offset } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { define, type Gene, type Growth, pick, read, unionOf } from "./growth.ts";
import { equation, index, plus, product, times, variable } from "./tree.ts";

/** A parameter that has a value of its own at each position of an axis: all of them, one, or the one before. */
export const instanced = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, ({ size }) => size === 2)!;
  const forms: ReadonlyArray<readonly [value: Expression, axes: ReadonlyArray<string>, size: number]> = [
    [product(index("M", name("f")), read(e)), ["f"], 3],
    [times(index("m", name("f")), read(e)), ["f"], 2],
    [product(index("M", number(2)), read(e)), [], 3],
    [plus(before(growth), read(e)), ["f"], 2],
  ];
  const [value, axes, size] = forms[b % forms.length]!;
  const all = unionOf(e.axes, axes);
  return all.length > 3 ? undefined : define(growth, all, size, value, c);
};

const before = (growth: Growth): Expression => {
  if (!growth.bounded.has("m f")) growth.statements.push(equation(variable("m", number(0)), number(0.4)));
  growth.bounded.add("m f");
  return index("m", offset("f", -1));
};

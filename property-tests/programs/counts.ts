import { call, name, number, offset } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { define, type Gene, type Growth, pick, read, unionOf } from "./growth.ts";
import { index, times } from "./tree.ts";

/** A component of a value: of a number, of an axis that counts some or all of them, of a symbol; or a one-hot vector. */
export const component = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, ({ size }) => size !== undefined)!;
  const counts: ReadonlyArray<{ readonly count: Expression; readonly axes: ReadonlyArray<string> }> = [
    { count: number(1 + (c % e.size!)), axes: [] },
    { count: name("f"), axes: ["f"] },
    ...(e.size === 3
      ? [
          { count: offset("f", 1), axes: ["f"] },
          { count: index("c", name("t")), axes: ["t"] },
        ]
      : []),
  ];
  const { count, axes } = counts[b % counts.length]!;
  const all = unionOf(e.axes, axes);
  if (all.length > 3) return;
  const isUnit = b % 5 === 4 && axes[0] !== "t";
  return isUnit
    ? define(growth, all, e.size, times(read(e), call("onehot", count)), c)
    : define(growth, all, undefined, componentOf(read(e), count), c);
};

/** Rows of a matrix by number or in order, and of a table by the position along an axis of any length. */
export const rows = (growth: Growth, { b, c }: Gene): unknown => {
  const axis = ["t", "i", "w", "u"][b % 4]!;
  const forms: ReadonlyArray<readonly [value: Expression, axes: ReadonlyArray<string>, size: number | undefined]> = [
    [index("Q", offset(axis, c % 3)), axis === "w" ? ["i", "w"] : [axis], 2],
    [index("Q", name(axis), number(2)), axis === "w" ? ["i", "w"] : [axis], undefined],
    [index("B", offset("f", 1)), ["f"], 2],
    [index("C", name("f")), ["f"], 3],
    [index("A", name("f"), name("f")), ["f"], undefined],
    [index("D", number(3)), [], 3],
  ];
  const [value, axes, size] = forms[c % forms.length]!;
  return define(growth, axes, size, value);
};

/** `x[t,i]` is `x[t][i]`. */
const componentOf = (target: Expression, count: Expression): Expression =>
  target.tag === "index"
    ? { ...target, indices: [...target.indices, count] }
    : { tag: "index", target, indices: [count], span: target.span };

import { binary, name, number } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { define, type Entry, type Gene, type Growth, isFree, pick, read, unionOf } from "./growth.ts";
import { index, times } from "./tree.ts";

/** A value at a position that is computed: backwards, at a stride, from the data, or at one that others count. */
export const placed = (growth: Growth, { a, b, c }: Gene): unknown => {
  const backwards = binary("-", binary("+", name("T"), number(1)), name("t"));
  const forms: ReadonlyArray<readonly [axis: string, place: Expression, over: string]> = [
    ["t", backwards, "t"],
    ["t", index("p", name("i")), "i"],
    ["f", binary("-", number(3), name("f")), "f"],
    ["t", binary("-", binary("+", name("T"), number(1)), name("u")), "u"],
    ["t", binary("+", number(1), times(number(0), name("i"))), "i"],
  ];
  const [axis, place, over] = forms[b % forms.length]!;
  const rest = ({ axes }: Entry): ReadonlyArray<string> =>
    unionOf(
      axes.filter((other) => other !== axis),
      [over],
    );
  const e = pick(growth, a, (entry) => entry.isVariable && isFree(entry, axis) && rest(entry).length <= 3);
  // What is read backwards along time there always is.
  if (e === undefined) return placed(growth, { kind: 0, a, b: 0, c });
  return define(growth, rest(e), e.size, read(e, { [axis]: place }), c);
};

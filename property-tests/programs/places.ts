import { binary, name, number } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { define, type Gene, type Growth, isFree, pick, read, unionOf } from "./growth.ts";
import { index, times } from "./tree.ts";

/** A value at a position that is computed: backwards, at a stride, from the data, or at one that others count. */
export const placed = (growth: Growth, { a, b, c }: Gene): unknown => {
  const fits = (axis: string) => (entry: (typeof growth.entries)[number]) => entry.isVariable && isFree(entry, axis);
  const backwards = binary("-", binary("+", name("T"), number(1)), name("t"));
  const forms: ReadonlyArray<readonly [axis: string, place: Expression, over: string]> = [
    ["t", backwards, "t"],
    ["t", index("p", name("i")), "i"],
    ["f", binary("-", number(3), name("f")), "f"],
    ["t", binary("-", binary("+", name("T"), number(1)), name("u")), "u"],
    ["t", binary("+", number(1), times(number(0), name("i"))), "i"],
  ];
  const [axis, place, over] = forms[b % forms.length]!;
  const e = pick(growth, a, fits(axis));
  if (e === undefined) return;
  const rest = unionOf(
    e.axes.filter((other) => other !== axis),
    [over],
  );
  return rest.length > 3 ? undefined : define(growth, rest, e.size, read(e, { [axis]: place }), c);
};

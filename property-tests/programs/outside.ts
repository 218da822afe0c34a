import { binary, call, choose, concat, name, number } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { define, type Entry, type Gene, type Growth, isFree, moved, pick, read } from "./growth.ts";
import { equation, index, over, plus, real, times, variable } from "./tree.ts";

/** What is infinite, no number, or has such a slope, where its operand is 0. */
const wild: ReadonlyArray<(x: Expression) => Expression> = [
  (x) => call("log", x),
  (x) => binary("/", number(1), x),
  (x) => call("sqrt", x),
  (x) => binary("/", x, x),
];

/**
 * Of a value something positive where a condition holds, and 0 elsewhere: by a weight, as the gradient of a choice would
 * hide what is no number.
 */
const whereOnly = (condition: Expression, value: Expression): Expression =>
  times(choose(condition, number(1), number(0)), plus(number(0.5), times(value, value)));

const is = (axis: string, place: Expression): Expression => binary("==", name(axis), place);

/**
 * A value that is wild outside of what is read of it: under an `if`, at another position, before or after the last one that
 * is read, at a component that no symbol picks, or under a weight of 0. Neither the loss nor a gradient knows of it.
 */
export const outside = (growth: Growth, gene: Gene): unknown => {
  const { a, b, c } = gene;
  const e = pick(growth, a, (entry) =>
    entry.axes.some((axis) => (axis === "t" || axis === "i") && isFree(entry, axis)),
  );
  if (e === undefined) return;
  const axis = e.axes.includes("t") && isFree(e, "t") ? "t" : "i";
  // Symbols stand along t alone.
  const usable = e.axes.includes("t") ? ways : ways.filter((way) => way !== picked);
  return usable[c % usable.length]!({ growth, e, axis, ofWild: wild[b % wild.length]!, turn: b });
};

interface Setting {
  readonly growth: Growth;
  readonly e: Entry;
  readonly axis: string;
  readonly ofWild: (x: Expression) => Expression;
  readonly turn: number;
}

/** A variable that the loss does not see of itself. */
const hidden = ({ growth, e, ofWild }: Setting, condition: Expression): Entry => {
  const entry: Entry = { name: `k${growth.entries.length}`, axes: e.axes, size: e.size, isVariable: true };
  const value = ofWild(whereOnly(condition, read(e)));
  growth.statements.push(equation(variable(entry.name, ...e.axes.map(name)), value, real(e.size)));
  return entry;
};

const last = (axis: string): Expression => name(axis === "t" ? "T" : "I");

/** A component that a symbol names, of a vector that is wild at the others. */
const picked = ({ growth, e, ofWild }: Setting): unknown => {
  const value = e.size === undefined ? read(e) : call("sum", read(e));
  const components = [0, 1, 2].map((symbol) => whereOnly(symbolIs(symbol), value));
  const table = variable(`k${growth.entries.length}`, ...e.axes.map(name));
  growth.statements.push(equation(table, ofWild(concat(components)), real(3)));
  const component = index(table.name.text, ...e.axes.map(name), index("c", name("t")));
  return define(growth, e.axes, undefined, component);
};

const ways: ReadonlyArray<(setting: Setting) => unknown> = [
  ({ growth, e, axis, ofWild, turn }) => {
    const condition = [is(axis, number(1)), ...(axis === "t" ? [is("t", number(2)), symbolIs(1)] : [])][
      (turn % 3) % (axis === "t" ? 3 : 1)
    ]!;
    return define(growth, e.axes, e.size, choose(condition, ofWild(whereOnly(condition, read(e))), number(0.2)));
  },
  ({ growth, e, axis }) => {
    const condition = is(axis, number(1));
    const weight = choose(condition, number(0.7), number(0));
    return define(growth, e.axes, e.size, times(weight, call("sqrt", whereOnly(condition, read(e)))));
  },
  (setting) => {
    const { growth, e, axis, turn } = setting;
    const place = turn % 2 === 0 ? number(1) : last(axis);
    const rest = e.axes.filter((each) => each !== axis);
    return define(growth, rest, e.size, call("tanh", read(hidden(setting, is(axis, place)), { [axis]: place })));
  },
  (setting) => {
    const { growth, e, axis, turn } = setting;
    const [condition, by] =
      turn % 2 === 0
        ? ([binary("<", name(axis), last(axis)), 1] as const)
        : ([binary("<", number(1), name(axis)), -1] as const);
    return define(growth, e.axes, e.size, moved(growth, hidden(setting, condition), axis, by, 0));
  },
  // The slope of the root is infinite at 0, and what it reaches is multiplied by 0.
  ({ growth, e, axis }) =>
    define(growth, e.axes, e.size, plus(number(0.3), call("sqrt", whereOnly(is(axis, number(1)), read(e))))),
  picked,
  (setting) => {
    const { growth, e, axis } = setting;
    const condition = is(axis, number(1));
    const rest = e.axes.filter((each) => each !== axis);
    const taken = choose(condition, read(hidden(setting, condition)), number(0));
    return define(growth, rest, e.size, over("sum", [axis], taken));
  },
];

const symbolIs = (symbol: number): Expression => binary("==", index("c", name("t")), number(symbol));

import { binary, call, name, number, offset } from "../../src/syntax/make.ts";
import { define, type Entry, type Gene, type Growth, isFree, moved, pick, read } from "./growth.ts";
import { damped, freeAxis } from "./recurrences.ts";
import { equation, index, over, plus, real, times, variable } from "./tree.ts";

/**
 * A scan within each position of another: it starts from the other's state, of the position before or of this one, and
 * what it ends at makes the next. Each may run from either end.
 */
export const nest = (growth: Growth, { a, b, c }: Gene): unknown => {
  const inner = b % 2 === 0 ? "f" : "i";
  const fits = (entry: Entry): boolean =>
    entry.size !== 3 &&
    entry.axes.length < 3 &&
    ![inner, "w"].some((axis) => entry.axes.includes(axis)) &&
    entry.axes.some((axis) => isFree(entry, axis));
  const e = pick(growth, a, fits);
  if (e === undefined) return;
  const outer = freeAxis(e, b);
  const [by, innerBy] = [c % 2 === 0 ? 1 : -1, c % 4 < 2 ? 1 : -1];
  const state: Entry = { name: `o${growth.entries.length}`, axes: e.axes, size: e.size, isVariable: true };
  const scan: Entry = { name: `s${growth.entries.length}`, axes: [...e.axes, inner], size: e.size, isVariable: false };
  const at = (places: Readonly<Record<string, ReturnType<typeof name>>>) =>
    variable(scan.name, ...scan.axes.map((axis) => places[axis] ?? name(axis)));

  const last = inner === "f" ? number(2) : name("I");
  const before = innerBy > 0 ? number(0) : binary("+", last, number(1));
  const earlier = moved(growth, state, outer, by, b);
  const diagonal = c % 3 === 1;
  growth.statements.push(equation(at({ [inner]: before }), diagonal ? read(state) : earlier));
  if (diagonal) growth.statements.push(equation(at({ [outer]: name("_"), [inner]: name("_") }), number(0.3)));
  const step = read(scan, {
    [inner]: offset(inner, -innerBy),
    ...(diagonal ? { [outer]: offset(outer, -by) } : {}),
  });
  const also = c % 3 === 2 ? times(number(0.5), earlier) : read(e);
  growth.statements.push(
    equation(at({}), call("tanh", plus(damped(e.size, step), also)), real(e.size)),
    equation(
      variable(state.name, ...e.axes.map(name)),
      plus(
        c % 5 === 0
          ? over("sum", [inner], times(number(0.3), read(scan)))
          : index(scan.name, ...e.axes.map(name), innerBy > 0 ? last : number(1)),
        times(number(0.5), read(e)),
      ),
      real(e.size),
    ),
  );
  growth.entries.push(scan, state);
  return define(growth, e.axes, e.size, call("tanh", read(state)), c);
};

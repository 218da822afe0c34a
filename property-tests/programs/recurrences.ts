import { apply, binary, call, choose, concat, name, number, nowhere as span } from "../../src/syntax/make.ts";
import type { Expression, Statement } from "../../src/syntax/tree.ts";
import { standardCells } from "./declarations.ts";
import {
  define,
  type Entry,
  type Gene,
  type Growth,
  goTogether,
  isFree,
  moved,
  type Places,
  pick,
  read,
  unionOf,
} from "./growth.ts";
import { equation, index, nameOf, over, plus, product, real, times, variable } from "./tree.ts";

const alongOf = (growth: Growth, choice: number): Entry | undefined =>
  pick(growth, choice, (entry) => entry.axes.some((axis) => isFree(entry, axis)) && entry.size !== 3);

export const freeAxis = (entry: Entry, choice: number): string => {
  const free = entry.axes.filter((axis) => isFree(entry, axis));
  return free[choice % free.length]!;
};

export const damped = (size: number | undefined, state: Expression): Expression =>
  size === 2 ? product(name("A"), state) : times(name("r"), state);

/** h[t] = tanh(A h[t-1] + e[t]), also from the end, and with a second delay. */
export const chain = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = alongOf(growth, a);
  if (e === undefined) return;
  const axis = freeAxis(e, b);
  const by = [1, -1, 2, 1, -2][c % 5]!;
  return define(
    growth,
    e.axes,
    e.size,
    (self) => {
      const state = damped(e.size, moved(growth, self, axis, by, b));
      const deeper = times(number(0.5), moved(growth, self, axis, by + Math.sign(by), b));
      return call("tanh", c % 5 === 3 ? plus(plus(state, deeper), read(e)) : plus(state, read(e)));
    },
    c,
  );
};

/** Two variables that need each other's past. */
export const mutual = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = alongOf(growth, a);
  if (e === undefined) return;
  const axis = freeAxis(e, b);
  const second: Entry = { name: `m${growth.entries.length}`, axes: e.axes, size: e.size, isVariable: true };
  const first = define(growth, e.axes, e.size, () =>
    call("tanh", plus(damped(e.size, moved(growth, second, axis, c % 2 === 0 ? 1 : -1, b)), read(e))),
  );
  growth.statements.push(
    equation(variable(second.name, ...e.axes.map(name)), times(call("sigmoid", read(first)), read(e)), real(e.size)),
  );
  growth.entries.push(second);
};

/** A recurrence over two axes at once. */
export const grid = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, (entry) => entry.size !== 3 && entry.axes.includes("t"));
  const other =
    e &&
    pick(
      growth,
      b,
      (entry) =>
        entry.axes.includes("i") &&
        !entry.axes.includes("w") &&
        goTogether(e, entry) &&
        [e.size, undefined].includes(entry.size),
    );
  if (e === undefined || other === undefined || e.axes.includes("w")) return;
  return define(
    growth,
    unionOf(e.axes, other.axes),
    e.size,
    (self) => {
      const [one, two] = c % 3 === 0 ? [1, 1] : c % 3 === 1 ? [1, -1] : [-1, -1];
      const above = damped(e.size, moved(growth, self, "i", one, 0));
      const before = times(number(0.5), moved(growth, self, "t", two, 1));
      return call("tanh", plus(plus(above, before), times(read(e), read(other))));
    },
    c,
  );
};

/** A cell of the standard library or the program's own, shared or fresh, from either end, perhaps with a boundary. */
export const cellOf = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, (entry) => entry.size === 2 && entry.axes.length > 0 && isFree(entry, entry.axes.at(-1)!));
  if (e === undefined) return;
  const cells = [...standardCells, "Leak"];
  const cell = cells[b % cells.length]!;
  const isShared = c % 3 === 1;
  const shared = `shared${cell}`;
  if (isShared && !growth.bounded.has(shared)) {
    growth.bounded.add(shared);
    growth.statements.push({ tag: "let", name: nameOf(shared), value: call(cell, number(2)), span });
  }
  const instance = isShared ? name(shared) : call(cell, number(2));
  const applied = apply(instance, read(e));
  const value: Expression = c % 2 === 0 ? applied : { tag: "backward", operand: applied, span };
  if (cell === "LSTM" && c % 4 === 3) {
    const [h, state] = [`h${growth.entries.length}`, `c${growth.entries.length}`];
    growth.statements.push({
      ...(equation(variable(h), value) as Extract<Statement, { tag: "equation" }>),
      targets: [h, state].map((target) => variable(target, ...e.axes.map(name))),
      form: "results",
    });
    growth.entries.push(
      { name: state, axes: e.axes, size: 2, isVariable: false },
      { name: h, axes: e.axes, size: 2, isVariable: false },
    );
    return;
  }
  const made: Entry = { name: `h${growth.entries.length}`, axes: e.axes, size: 2, isVariable: false };
  const boundary = { variable: variable("h", number(0)), value: call("tanh", name("v")), span };
  const masks = gatesOf(growth, e, b + c, cell !== "Leak");
  growth.statements.push({
    ...(equation(variable(made.name, ...e.axes.map(name)), value, real(2)) as Extract<Statement, { tag: "equation" }>),
    ...masks,
    with: c % 5 === 4 && cell !== "Leak" ? [boundary] : [],
  });
  growth.entries.push(made);
  if (b % 3 === 2) penalty(growth, isShared ? shared : made.name, made, cell);
};

/** The squares of a matrix of the cell's, as a decay of weights has them, and what it made: an instance is applied somewhere. */
const penalty = (growth: Growth, instance: string, made: Entry, cell: string): void => {
  const matrices: Readonly<Record<string, string>> = { RNN: "W", GRU: "Uz", LSTM: "Uf", Leak: "K" };
  const matrix: Expression = { tag: "member", target: name(instance), name: nameOf(matrices[cell]!), span };
  const states = over("sum", made.axes, call("sum", read(made)));
  define(growth, [], undefined, call("tanh", plus(call("sumsq", matrix), times(number(0.1), states))));
};

/** A mask in (0, 1), or 0 at one position; an episode begins at one. What looks back two positions has neither. */
const gatesOf = (
  growth: Growth,
  { axes }: Entry,
  choice: number,
  looksBackOnce: boolean,
): { readonly when?: Expression; readonly reset?: Expression } => {
  const scalar = pick(
    growth,
    choice,
    (entry) => entry.size === undefined && entry.axes.every((axis) => axes.includes(axis)),
  );
  const at = (position: number): Expression => binary("==", name(axes.at(-1)!), number(position));
  if (!looksBackOnce || scalar === undefined || choice % 4 > 2) return {};
  const part = call("sigmoid", read(scalar));
  const when = choice % 2 === 0 ? part : choose(at(1), number(0), part);
  return { ...(choice % 4 === 2 ? {} : { when }), ...(choice % 4 === 0 ? {} : { reset: at(2) }) };
};

/** Every position looks at all of an axis: at those of its own sequence, or of another. */
export const attention = (growth: Growth, { a, b, c }: Gene): unknown => {
  const query = pick(growth, a, ({ size }) => size === 2)!;
  const isSelf = (entry: Entry): boolean => entry.axes.includes("t") && !unionOf(entry.axes, query.axes).includes("u");
  const isOther = (entry: Entry): boolean =>
    isFree({ axes: unionOf(entry.axes, query.axes) }, "i") && entry.axes.includes("i");
  const key = pick(
    growth,
    b,
    (entry) => entry.size === 2 && entry.isVariable && goTogether(entry, query) && (isSelf(entry) || isOther(entry)),
  );
  if (key === undefined) return;
  const axis = isSelf(key) ? "u" : "i";
  const keyAxes = isSelf(key) ? key.axes.map((each) => (each === "t" ? "u" : each)) : key.axes;
  const axes = unionOf(query.axes, keyAxes);
  if (axes.length > 3 || !isFree({ axes }, axis)) return;
  const value = read(key, isSelf(key) ? { t: name("u") } : {});
  const weight = define(growth, axes, undefined, over("softmax", [axis], call("dot", read(query), value)), c);
  return define(
    growth,
    axes.filter((each) => each !== axis),
    2,
    over("sum", [axis], times(read(weight), value)),
    c,
  );
};

/** A value beside all positions of its axis, or their level alone: of an empty axis there is no mean, but none is needed. */
export const relative = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, (entry) => entry.isVariable && isFree(entry, "t") && !entry.axes.includes("u"));
  if (e === undefined) return;
  const elsewhere = read(e, { t: name("u") });
  const level = [
    over("mean", ["u"], elsewhere),
    over("logsumexp", ["u"], elsewhere),
    binary("/", over("sum", ["u"], elsewhere), name("T")),
  ][b % 3]!;
  const value = [binary("-", read(e), level), binary("+", read(e), level), level][c % 3]!;
  return define(growth, e.axes, e.size, call("tanh", value), c);
};

/** The diagonal of a value over two axes that are as long as each other. */
export const diagonal = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(
    growth,
    a,
    (entry) => entry.isVariable && isFree(entry, "t") && !entry.axes.includes("u") && entry.axes.length < 3,
  );
  if (e === undefined) return;
  const elsewhere = read(e, { t: name("u") });
  const value = call("tanh", plus(read(e), times(elsewhere, times(number(0.5), elsewhere))));
  const square = define(growth, unionOf(e.axes, ["u"]), e.size, value, c);
  const [from, to] = b % 2 === 0 ? ["u", "t"] : ["t", "u"];
  return define(
    growth,
    square.axes.filter((axis) => axis !== from),
    e.size,
    read(square, { [from]: name(to) }),
    c,
  );
};

/** A value at a named position, which must exist. */
export const position = (growth: Growth, { a, b, c }: Gene): unknown => {
  const movable = (entry: Entry): boolean => entry.isVariable && (isFree(entry, "t") || isFree(entry, "i"));
  const e = pick(growth, a, movable);
  if (e === undefined) return;
  const axis = isFree(e, "t") && (b % 2 === 0 || !isFree(e, "i")) ? "t" : "i";
  const at = c % 2 === 0 ? name(axis === "t" ? "T" : "I") : number(1);
  return define(
    growth,
    e.axes.filter((each) => each !== axis),
    e.size,
    call("tanh", read(e, { [axis]: at })),
  );
};

/** A family over a static index. */
export const family = (growth: Growth, { a, c }: Gene): void => {
  const e = pick(growth, a, ({ size }) => size === 2)!;
  const member = `z${growth.entries.length}`;
  const places = e.axes.map(name);
  const before = index(member, binary("-", name("l"), number(1)), ...places);
  const own = c % 2 === 0 ? product(name("A"), before) : apply(call("RNN", number(2)), before);
  const value = c % 2 === 0 || e.axes.length === 0 || !isFree(e, e.axes.at(-1)!) ? product(name("A"), before) : own;
  growth.statements.push(equation(variable(member, number(0), ...places), read(e)), {
    tag: "for",
    index: nameOf("l"),
    lower: number(1),
    upper: number(2),
    body: [equation(variable(member, name("l"), ...places), call("tanh", value), real(2))],
    span,
  });
  const at = (which: Expression, elsewhere: Places): Expression =>
    index(member, which, ...e.axes.map((axis) => elsewhere[axis] ?? name(axis)));
  growth.entries.push({
    name: member,
    axes: e.axes,
    size: 2,
    isVariable: false,
    // The last member, or all of them by an axis.
    read: (elsewhere) =>
      c % 3 === 1 && !e.axes.includes("f")
        ? over("sum", ["f"], times(name("f"), at(name("f"), elsewhere)))
        : at(number(2), elsewhere),
  });
};

/** A random variable; what is drawn is read by later equations. */
export const target = (growth: Growth, { a, b, c }: Gene): unknown => {
  const e = pick(growth, a, ({ axes }) => !axes.includes("u") && !axes.includes("f"))!;
  const drawn = `y${growth.entries.length}`;
  // Data nest as they are indexed, so a ragged axis comes after the one that it stands over.
  const axes = unionOf(e.axes);
  const indices = axes.map(name);
  const isScalarWithin = (entry: Entry): boolean =>
    entry.size === undefined && entry.axes.every((axis) => e.axes.includes(axis));
  const observe = (distribution: Expression, symbols?: number): void => {
    const weight = pick(growth, b + c, isScalarWithin);
    growth.statements.push({
      tag: "random",
      variable: variable(drawn, ...indices),
      ...(symbols === undefined ? {} : { type: { tag: "symbol", size: number(symbols), span } as const }),
      distribution,
      ...(weight === undefined || c % 3 === 0 ? {} : { weight: call("sin", read(weight)) }),
      span,
    });
  };
  if (e.size === 3) {
    observe(call("categorical", call("softmax", read(e))), 3);
    growth.entries.push({
      name: drawn,
      axes,
      size: 2,
      isVariable: false,
      read: (at) => index("E", index(drawn, ...axes.map((axis) => at[axis] ?? name(axis)))),
    });
    return;
  }
  if (e.size !== undefined)
    return define(growth, e.axes, 3, e.size === 2 ? product(name("B"), read(e)) : concat([read(e)]));
  const other = pick(growth, b, isScalarWithin)!;
  observe(
    c % 2 === 0
      ? call("normal", read(e), plus(number(0.5), call("softplus", read(other))))
      : call("bernoulli", probabilityOf(read(e), b)),
  );
  growth.entries.push({ name: drawn, axes, size: undefined, isVariable: true });
};

const probabilityOf = (value: Expression, choice: number): Expression =>
  [
    call("sigmoid", value),
    binary("-", number(1), call("sigmoid", value)),
    binary("/", number(1), plus(number(1), call("exp", binary("-", number(0), value)))),
  ][choice % 3]!;

import type { PointwiseName } from "../../src/elaborate/functions.ts";
import { binary, call, choose, concat, name, number, nowhere as span } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { languageUses, otherExponents, wholeExponents } from "../circuit/functions.ts";
import { component, rows } from "./counts.ts";
import { eachDerivative, forces, wholeDerivative } from "./derivatives.ts";
import { applied, bentNames, bentScalars, bounded, positive, smoothNames, smoothScalars } from "./functions.ts";
import {
  define,
  type Entry,
  type Gene,
  type Growth,
  goTogether,
  isFree,
  moved,
  pick,
  read,
  unionOf,
} from "./growth.ts";
import { instanced } from "./instances.ts";
import { nest } from "./nests.ts";
import { outside } from "./outside.ts";
import { placed } from "./places.ts";
import { attention, cellOf, chain, diagonal, family, grid, mutual, position, relative, target } from "./recurrences.ts";
import { index, over, plus, power, product, times, variable } from "./tree.ts";

/** Adds to a program what a gene says, if anything there is fits. */
export const express = (growth: Growth, gene: Gene): void => {
  const usable = kinds.filter(({ bent, wild }) => !(bent && growth.smooth) && !(wild && growth.tame));
  usable[gene.kind % usable.length]!.step(growth, gene);
};

interface Kind {
  /** Whether it has kinks. */
  readonly bent?: boolean;
  /** Whether it has infinite values that nothing reads. */
  readonly wild?: boolean;
  readonly step: (growth: Growth, gene: Gene) => unknown;
}

const matrices: ReadonlyArray<readonly [from: number, to: number, name: string]> = [
  [2, 2, "A"],
  [2, 3, "B"],
  [3, 2, "C"],
  [3, 3, "D"],
];

/** W e, for a matrix from the size of `e` to another (or the same). */
export const mapped = (entry: Entry, value: Expression, size: number): Expression => {
  const [, , matrix] = matrices.find(([from, to]) => from === entry.size && to === size)!;
  return product(name(matrix), value);
};

/** Any function, of a value and of another that goes with it. */
const drawn =
  (names: ReadonlyArray<PointwiseName>) =>
  (growth: Growth, { a, b, c }: Gene) => {
    const e = pick(growth, a)!;
    const fn = names[b % names.length]!;
    const other =
      languageUses[fn].operands.length === 1
        ? e
        : pick(growth, c, (entry) => goTogether(e, entry) && [e.size, undefined].includes(entry.size))!;
    return define(growth, unionOf(e.axes, other.axes), e.size, applied(fn, [read(e), read(other), number(0.3)]), c);
  };

/** A value over an axis that it is free along, as one of all its positions. */
const reduced = (growth: Growth, { a, b, c }: Gene, reductions: ReadonlyArray<string>) => {
  const e = pick(growth, a, (entry) => entry.axes.some((axis) => isFree(entry, axis)));
  if (e === undefined) return undefined;
  const free = e.axes.filter((axis) => isFree(e, axis));
  const axis = free[b % free.length]!;
  const expression = over(reductions[c % reductions.length]!, [axis], call("tanh", read(e)));
  return { axes: e.axes.filter((other) => other !== axis), size: e.size, expression };
};

/** A whole power of anything, or another one of what is positive: with an exponent that is known, or that varies. */
const raised = (growth: Growth, { a, b, c }: Gene) => {
  const e = pick(growth, a)!;
  const whole = wholeExponents.map((exponent) => power(read(e), number(exponent)));
  const others = otherExponents.map((exponent) => power(positive(read(e)), exponentOf(exponent)));
  const varying = pick(growth, c, (entry) => entry.size === undefined && goTogether(e, entry))!;
  const forms = [...whole, ...others, power(positive(read(e)), bounded(read(varying)))];
  const form = b % forms.length;
  const axes = form === forms.length - 1 ? unionOf(e.axes, varying.axes) : e.axes;
  return define(growth, axes, e.size, call("tanh", forms[form]!), c);
};

const exponentOf = (exponent: number): Expression =>
  exponent < 0 ? { tag: "negate", operand: number(-exponent), span } : number(exponent);

/** A scalar of a vector. */
const scalar =
  (forms: ReadonlyArray<(e: Expression) => Expression>) =>
  (growth: Growth, { a, b, c }: Gene) => {
    const e = pick(growth, a, ({ size }) => size !== undefined)!;
    return define(growth, e.axes, undefined, forms[b % forms.length]!(read(e)), c);
  };

/** `[p; q] = e`: the sizes of the parts are known from the equations that read them. */
const split = (growth: Growth, { a, c }: Gene): void => {
  const e = pick(growth, a, ({ size }) => size !== undefined)!;
  const indices = e.axes.map(name);
  const parts = [`p${growth.entries.length}`, `q${growth.entries.length}`];
  growth.statements.push({
    tag: "equation",
    output: false,
    targets: parts.map((part) => variable(part, ...indices)),
    form: "split",
    value: read(e),
    with: [],
    span,
  });
  const larger = e.size === 3 ? 2 : undefined;
  const sizes = c % 2 === 0 ? [larger, undefined] : [undefined, larger];
  parts.forEach((part, i) => {
    define(growth, e.axes, sizes[i], index(part, ...indices));
  });
};

/** What a stable form is for, as a user may write it. */
const spelled = (growth: Growth, { a, b, c }: Gene): void => {
  const e = pick(growth, a)!;
  const x = call("tanh", read(e));
  const power = call("exp", x);
  const inverse = call("exp", binary("-", number(0), x));
  const free = e.axes.filter((axis) => isFree(e, axis));
  const overAxis = free.length === 0 ? [] : [binary("/", power, over("sum", [free[c % free.length]!], power))];
  const ofVector =
    e.size === undefined
      ? []
      : [
          binary("/", power, call("sum", power)),
          call("log", call("softmax", x)),
          call("log", call("sqrt", call("softmax", x))),
          binary("-", x, call("log", call("sum", power))),
        ];
  const forms = [
    binary("/", number(1), plus(number(1), inverse)),
    binary("/", power, plus(number(1), power)),
    call("log", plus(number(1), power)),
    call("log", binary("-", number(1), call("sigmoid", x))),
    call("log", binary("/", power, plus(number(1.5), times(x, x)))),
    call("log", plus(times(number(0.3), power), inverse)),
    binary("/", binary("-", power, inverse), plus(power, inverse)),
    binary("/", binary("-", power, number(1)), plus(power, number(0.5))),
    ...ofVector,
    ...overAxis,
  ];
  define(growth, e.axes, e.size, forms[b % forms.length]!);
};

const operators = ["+", "*", "-"] as const;

const kinds: ReadonlyArray<Kind> = [
  { step: drawn(smoothNames) },
  {
    step: (growth, { a, b, c }) => {
      const e = pick(growth, a)!;
      const other = pick(growth, b, (entry) => goTogether(e, entry) && [e.size, undefined].includes(entry.size));
      if (other === undefined) return;
      const value = binary(operators[c % 3]!, read(e), read(other));
      return define(growth, unionOf(e.axes, other.axes), e.size, value, c);
    },
  },
  { step: chain },
  {
    step: (growth, { a, b }) => {
      const e = pick(growth, a, ({ size }) => size !== undefined)!;
      const size = [2, 3][b % 2]!;
      return define(growth, e.axes, size, mapped(e, read(e), size));
    },
  },
  {
    // Along an axis it may be read before, after and far away.
    step: (growth, { a, b, c }) => {
      const e = pick(growth, a, (entry) => entry.isVariable && entry.axes.some((axis) => isFree(entry, axis)));
      if (e === undefined) return;
      const free = e.axes.filter((axis) => isFree(e, axis));
      return define(growth, e.axes, e.size, moved(growth, e, free[b % free.length]!, [1, -1, 2, -2, 3][c % 5]!, b));
    },
  },
  {
    step: (growth, gene) => {
      const value = reduced(growth, gene, ["sum", "prod"]);
      return value && define(growth, value.axes, value.size, value.expression, gene.b);
    },
  },
  { step: cellOf },
  { step: attention },
  { step: relative },
  { step: diagonal },
  { step: position },
  { step: scalar(smoothScalars) },
  { step: mutual },
  {
    step: (growth, { a, b, c }) => {
      const e = pick(growth, a, ({ size }) => size !== 3)!;
      const other = pick(growth, b, (entry) => entry.size === undefined && goTogether(e, entry))!;
      const parts = [read(e), read(other)];
      const ordered = c % 2 === 0 ? parts : parts.reverse();
      return define(growth, unionOf(e.axes, other.axes), (e.size ?? 1) + 1, concat(ordered), c);
    },
  },
  { step: split },
  { step: family },
  { step: grid },
  { step: nest },
  { step: target },
  { step: component },
  { step: rows },
  { step: instanced },
  { step: placed },
  {
    step: (growth, { a, b, c }) => {
      const e = pick(growth, a, ({ axes }) => axes.includes("t") || axes.includes("i"));
      if (e === undefined) return;
      const axis = e.axes.includes("t") ? "t" : "i";
      const conditions = [
        binary("==", name(axis), number(1)),
        binary("<", name(axis), number(3)),
        binary("==", call("mod", name(axis), number(2)), number(0)),
        binary("==", call("mod", name(axis), number(3)), number(1)),
        ...(axis === "t" ? [binary("==", index("c", name("t")), number(1))] : []),
      ];
      const other = [times(number(0.5), read(e)), number(0.2), call("stop", read(e))][b % 3]!;
      return define(growth, e.axes, e.size, choose(conditions[c % conditions.length]!, read(e), other));
    },
  },
  { step: wholeDerivative },
  { step: eachDerivative },
  { step: forces },
  {
    // What is drawn and never trained.
    step: (growth, { a }) => {
      const e = pick(growth, a, ({ size }) => size === 3)!;
      return define(growth, e.axes, 3, product(name("F"), read(e)));
    },
  },
  { step: spelled },
  { step: raised },
  { wild: true, step: outside },
  { bent: true, step: drawn(bentNames) },
  { bent: true, step: scalar(bentScalars) },
  {
    bent: true,
    step: (growth, gene) => {
      // Of no position it is infinite.
      const value = reduced(growth, gene, ["max", "min"]);
      return value && define(growth, value.axes, value.size, call("tanh", value.expression), gene.b);
    },
  },
  {
    bent: true,
    step: (growth, { a, b, c }) => {
      const e = pick(growth, a)!;
      const other = pick(growth, b, (entry) => goTogether(e, entry) && entry.size === e.size)!;
      const axes = unionOf(e.axes, other.axes);
      const value = [
        call("max", read(e), read(other)),
        call("min", read(e), read(other)),
        e.size === undefined
          ? choose(binary("<", read(e), read(other)), read(e), read(other))
          : call("max", read(e), number(0)),
      ][c % 3]!;
      return define(growth, axes, e.size, value, c);
    },
  },
];

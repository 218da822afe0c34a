import assert from "node:assert/strict";
import { match } from "../../src/match.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import type { RankOf } from "../../src/views/latex/rank.ts";
import { noise } from "../std/compiled.ts";
import { transposed, type Vector } from "./matrices.ts";

/** A number is 1 by 1, a vector a column. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Vector;
}

/** Sizes are all the same; what a name stands for follows from the seed and from how it is written. Adjoints are columns or rows. */
interface Reading {
  readonly size: number;
  readonly seed: number;
  readonly rankOf: RankOf;
  readonly areRows: boolean;
}

/** What equations mean in the matrices that they are written with, `t` being one position: sums over it have one term. */
export const writtenMatrix = (reading: Reading, expression: Expression): Matrix => {
  const at = (inner: Expression): Matrix => writtenMatrix(reading, inner);
  return match<Expression, Matrix>({
    number: ({ value }) => ({ rows: 1, columns: 1, data: [value] }),
    name: (leaf) => leafValue(reading, leaf.text, leaf),
    index: (leaf) => leafValue(reading, JSON.stringify(plain(leaf)), leaf),
    member: unread,
    apply: ({ target, arguments: given }) => called(nameOf(target), given.map(at)),
    product: ({ left, right }) => multiplied(at(left), at(right)),
    binary: ({ operator, left, right }) => pointwise(operator, at(left), at(right)),
    negate: ({ operand }) => pointwise("-", { rows: 1, columns: 1, data: [0] }, at(operand)),
    not: unread,
    power: ({ base, exponent }) => pointwise("^", at(base), at(exponent)),
    transpose: ({ operand }) => turned(at(operand)),
    concat: unread,
    if: unread,
    backward: unread,
  })(expression);
};

const unread = ({ tag }: Expression): Matrix => assert.fail(`a ${tag}`);

/** Without the places in the file. */
const plain = (expression: Expression): unknown =>
  JSON.parse(JSON.stringify(expression, (key, value) => (key === "span" ? undefined : value)));

const nameOf = (target: Expression): string => {
  const inner = target.tag === "index" ? target.target : target;
  return inner.tag === "name" ? inner.text : "";
};

const leafValue = ({ size, seed, rankOf, areRows }: Reading, text: string, leaf: Expression): Matrix => {
  const rank = rankOf(leaf)!;
  const code = [...text].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 1_000_003, seed);
  const value = { rows: rank > 0 ? size : 1, columns: rank > 1 ? size : 1, data: noise(code, size ** rank) };
  return areRows && nameOf(leaf).startsWith("∂") ? turned(value) : value;
};

const turned = ({ rows, columns, data }: Matrix): Matrix => ({
  rows: columns,
  columns: rows,
  data: transposed(data, columns),
});

const multiplied = (a: Matrix, b: Matrix): Matrix => {
  if (a.data.length === 1 || b.data.length === 1) return pointwise("*", a, b);
  assert.equal(a.columns, b.rows, "as many columns as rows");
  const data = Array.from({ length: a.rows * b.columns }, (_, place) => {
    const [i, j] = [Math.floor(place / b.columns), place % b.columns];
    return Array.from(
      { length: a.columns },
      (_unused, k) => a.data[i * a.columns + k]! * b.data[k * b.columns + j]!,
    ).reduce((x, y) => x + y, 0);
  });
  return { rows: a.rows, columns: b.columns, data };
};

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
};

/** A number goes with any shape. */
const pointwise = (operator: string, a: Matrix, b: Matrix): Matrix => {
  const shape = a.data.length === 1 ? b : a;
  if (a.data.length > 1 && b.data.length > 1) assert.deepEqual([a.rows, a.columns], [b.rows, b.columns], operator);
  const of = ({ data }: Matrix, place: number): number => data[data.length === 1 ? 0 : place]!;
  return { ...shape, data: shape.data.map((_, place) => operations[operator]!(of(a, place), of(b, place))) };
};

const called = (fn: string, [first, second]: ReadonlyArray<Matrix>): Matrix => {
  const each = (f: (x: number) => number): Matrix => ({ ...first!, data: first!.data.map(f) });
  if (fn === "sum") return first!;
  if (fn === "sigmoid") return each((x) => 1 / (1 + Math.exp(-x)));
  if (fn === "outer") return multiplied(first!, turned(second!));
  if (fn !== "diag") assert.fail(`a function ${fn}`);
  const { length } = first!.data;
  return {
    rows: length,
    columns: length,
    data: Array.from({ length: length * length }, (_, place) =>
      place % (length + 1) === 0 ? first!.data[place / (length + 1)]! : 0,
    ),
  };
};

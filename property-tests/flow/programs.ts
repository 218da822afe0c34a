import assert from "node:assert/strict";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { variablesOf } from "../../src/flow/carried.ts";
import type { Subject } from "../../src/flow/flow.ts";
import { type Matrix, matrixOf } from "../../src/flow/matrix/matrix.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** A program, its variables that are moved together, and the same program in which `d.<name>` is added to each by hand. */
export interface Movable {
  readonly source: string;
  readonly names: ReadonlyArray<string>;
  readonly withInput: string;
}

const size = 3;

const head = `axis t in 1..T
  input x[t] : R[2]
  param W, V, S : R[${size},${size}]
  param U, Q : R[${size},2]
  param a, b : R[${size}] ~ uniform(-1, 1)
`;

const loss = `minimize sum[t](0.5 * sumsq(h[t]) + sum(h[t]) * sum(x[t]))`;

const moved = (name: string): string => `input d${name}[t] : R[${size}]`;

/** One state, whose equation is an expression. */
export const ofOneState = (expression: string): Movable => {
  const program = (declared: string, added: string): string =>
    `model M { ${head} ${declared}
  h[0] = 0
  h[t] : R[${size}] = ${expression}${added}
  output h
  ${loss}
}`;
  return { source: program("", ""), names: ["h"], withInput: program(moved("h"), " + dh[t]") };
};

/** Whether a state so moves with the state before: `h[t] = h[t-1]` is a constant, and no state of a recurrence. */
export const moves = (expression: string): boolean => expression.includes("h[t-1]") && expression !== "h[t-1]";

/** Random expressions of the state before and of the input. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{ e: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom("h[t-1]", "W h[t-1]", "V h[t-1]", "U x[t]", "Q x[t]", "a", "0.5 * h[t-1]"),
  e: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.tuple(fc.constantFrom("tanh", "sigmoid", "sin", "softplus"), tie("e")).map(([f, e]) => `${f}(${e})`),
    fc.tuple(tie("e"), tie("e")).map(([e, f]) => `(${e} + ${f})`),
    fc.tuple(tie("e"), tie("e")).map(([e, f]) => `(sigmoid(${e}) * tanh(${f}))`),
    tie("e").map((e) => `(S (${e}))`),
    tie("e").map((e) => `(a * (${e}))`),
  ),
})).e;

export const elman = ofOneState("tanh(W h[t-1] + U x[t] + b)");

export const gru: Movable = ofOneState(
  "(1 - sigmoid(V h[t-1] + Q x[t])) * h[t-1] + sigmoid(V h[t-1] + Q x[t]) * tanh(U x[t] + W (sigmoid(S h[t-1] + a) * h[t-1]) + b)",
);

/** A state of two variables: as a whole one of them does not move with the other at its own position. */
const lstm = (state: (of: { readonly h: string; readonly c: string; readonly inner: string }) => string): string =>
  state({
    c: "sigmoid(V h[t-1] + a) * c[t-1] + sigmoid(S h[t-1] + Q x[t]) * tanh(W h[t-1] + U x[t])",
    h: "sigmoid(W h[t-1] + b)",
    inner: "p[t]",
  });

const lstmProgram = (declared: string, body: string): string =>
  `model M { ${head} ${declared}
  h[0] = 0
  c[0] = 0
  ${body}
  output h
  output c
  ${loss}
}`;

export const wholeLstm: Movable = {
  source: lstmProgram(
    "",
    lstm(({ c, h }) => `c[t] : R[${size}] = ${c}\n  h[t] : R[${size}] = ${h} * tanh(c[t])`),
  ),
  names: ["h", "c"],
  withInput: lstmProgram(
    `${moved("h")}\n${moved("c")}`,
    lstm(
      ({ c, h, inner }) =>
        `p[t] : R[${size}] = ${c}\n  c[t] : R[${size}] = p[t] + dc[t]\n  h[t] : R[${size}] = ${h} * tanh(${inner}) + dh[t]`,
    ),
  ),
};

/** Of the memory alone: all that reads it sees it moved. */
export const memoryOfLstm: Movable = {
  source: wholeLstm.source,
  names: ["c"],
  withInput: lstmProgram(
    moved("c"),
    lstm(({ c, h }) => `c[t] : R[${size}] = ${c} + dc[t]\n  h[t] : R[${size}] = ${h} * tanh(c[t])`),
  ),
};

/** The one that is looked at, of a length and a seed. */
export interface Instance {
  readonly compiled: Compiled;
  readonly subject: Subject;
  readonly params: Params;
  readonly example: Example;
}

export const subjectOf = ({ elaborated }: Compiled, names: ReadonlyArray<string>): Subject =>
  names.map((name) => {
    const found = variablesOf(elaborated).find((variable) => variable.name === name);
    if (found === undefined) assert.fail(`no variable ${name}`);
    return found;
  });

export const instanceOf = (
  { source, names }: Pick<Movable, "source" | "names">,
  seed: number,
  length: number,
): Instance => {
  const compiled = compiledProgram(source);
  const example = randomExample(compiled.model, xoroshiro128plus(seed), { least: length, greatest: length });
  return { compiled, subject: subjectOf(compiled, names), params: compiled.init(seed), example };
};

/** By names, zeros at all positions, but for one component at one position. */
export const movement = (
  names: ReadonlyArray<string>,
  length: number,
  moves?: { readonly name: string; readonly place: number; readonly component: number; readonly by: number },
): Example =>
  Object.fromEntries(
    names.map((name) => [
      `d${name}`,
      Array.from({ length }, (_, t) =>
        Array.from({ length: size }, (__, i) =>
          moves?.name === name && moves.place === t && moves.component === i ? moves.by : 0,
        ),
      ),
    ]),
  );

export const componentsOf = (names: ReadonlyArray<string>) =>
  names.flatMap((name) => Array.from({ length: size }, (_, component) => ({ name, component })));

export const times = (a: Matrix, b: Matrix): Matrix =>
  matrixOf(a.rows, b.columns, (i, j) =>
    Array.from({ length: a.columns }, (_, k) => a.data[i * a.columns + k]! * b.data[k * b.columns + j]!).reduce(
      (sum, each) => sum + each,
      0,
    ),
  );

export const mustBeNear = (
  what: string,
  found: ArrayLike<number>,
  right: ArrayLike<number>,
  tolerance: number,
): void => {
  assert.equal(found.length, right.length, what);
  for (let i = 0; i < right.length; i += 1) {
    const error = Math.abs(found[i]! - right[i]!) / Math.max(1, Math.abs(right[i]!));
    assert.ok(error <= tolerance, `${what}, element ${i}: ${found[i]} is not ${right[i]}`);
  }
};

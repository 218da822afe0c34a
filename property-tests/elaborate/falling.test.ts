import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import {
  gradientAgreesWithDifferences,
  neighboursDoNotMatter,
  paddingDoesNotMatter,
} from "../../src/property/index.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { agreesWithMeaning, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";

/** What is read at a named position, the boundary that it is on short axes, and how many positions there must be. */
interface Falling {
  readonly equations: string;
  readonly read: string;
  /** The shortest axis that has the position itself. */
  readonly own: number;
  readonly least: number;
  /** What it is on an axis of each length below that. */
  readonly boundaries: Readonly<Record<number, string>>;
}

const forwards = "h[t] : R[2] = tanh(W h[t-1] + x[t])";
const twice = "h[t] : R[2] = tanh(W h[t-2] + 0.5 * h[t-1] + x[t])";
const backwards = "h[t] : R[2] = tanh(W h[t+1] + x[t])";

const falling: Readonly<Record<string, Falling>> = {
  "the last of a recurrence": {
    equations: `h[0] = tanh(v)\n  ${forwards}`,
    read: "h[T]",
    own: 1,
    least: 0,
    boundaries: { 0: "tanh(v)" },
  },
  "the last of a recurrence from 0": {
    equations: `h[0] = 0\n  ${forwards}`,
    read: "h[T]",
    own: 1,
    least: 0,
    boundaries: { 0: "v - v" },
  },
  "the last but one": {
    equations: `h[0] = v\n  ${forwards}`,
    read: "h[T-1]",
    own: 2,
    least: 1,
    boundaries: { 1: "v" },
  },
  "the last but one of a longer delay": {
    equations: `h[0] = v\n  h[-1] = 2 * v\n  ${twice}`,
    read: "h[T-1]",
    own: 2,
    least: 0,
    boundaries: { 1: "v", 0: "2 * v" },
  },
  "the last but two where all outside is the same": {
    equations: `h[_] = v\n  ${forwards}`,
    read: "h[T-2]",
    own: 3,
    least: 0,
    boundaries: { 2: "v", 1: "v", 0: "v" },
  },
  "the first of a recurrence that runs back": {
    equations: `h[T+1] = tanh(v)\n  ${backwards}`,
    read: "h[1]",
    own: 1,
    least: 0,
    boundaries: { 0: "tanh(v)" },
  },
  "the second of a recurrence that runs back": {
    equations: `h[T+1] = v\n  ${backwards}`,
    read: "h[2]",
    own: 2,
    least: 1,
    boundaries: { 1: "v" },
  },
  "the last of a variable that nothing reads before": {
    equations: "h[0] = v\n  h[t] : R[2] = W x[t]",
    read: "h[T]",
    own: 1,
    least: 0,
    boundaries: { 0: "v" },
  },
  "the last that is the same everywhere": {
    equations: "h[0] = v\n  h[t] : R[2] = sin(v)",
    read: "h[T]",
    own: 1,
    least: 0,
    boundaries: { 0: "v" },
  },
  "the last of a cell": {
    equations: "h[t] = RNN(2)(x[t]) with h[0] = sin(v)",
    read: "h[T]",
    own: 1,
    least: 0,
    boundaries: { 0: "sin(v)" },
  },
  "the first of a cell that runs back": {
    equations: "h[t] = backward RNN(2)(x[t]) with h[0] = sin(v)",
    read: "h[1]",
    own: 1,
    least: 0,
    boundaries: { 0: "sin(v)" },
  },
};

const sourceOf = ({ equations, read, boundaries }: Falling): string => `import RNN from "std"
model M {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[2,2] ~ normal(0, 0.5)
  param v : R[2] ~ normal(0, 1)
  ${equations}
  last : R[2] = ${read}
  output last
${Object.entries(boundaries)
  .map(([length, value]) => `  output bound${length} : R[2] = ${value}`)
  .join("\n")}
  minimize sum(last * sin(last)) + sum[t](dot(x[t], sin(W v)))
}
`;

const ofLength = (T: number): Example => ({
  x: Array.from({ length: T }, (_, t) => [Math.sin(t + 1), Math.cos(3 * t)]),
});

for (const [name, given] of Object.entries(falling))
  for (const target of targetNames)
    test(`${name} is the boundary where the axis is too short, value and gradient, alone and in a batch (${target})`, () => {
      const model = compiledProgram(sourceOf(given), { target });
      const params = model.init(3);
      const lengths = [0, 1, 2, 3, 4].filter((T) => T >= given.least);
      const whole = model.forward(params, model.pack(lengths.map(ofLength)));
      lengths.forEach((T, b) => {
        const alone = model.forward(params, model.pack([ofLength(T)]));
        assert.deepEqual(whole.last!.data.slice(2 * b, 2 * b + 2), alone.last!.data);
        if (T < given.own) assert.deepEqual(alone.last!.data, alone[`bound${T}`]!.data);
      });
      const sizes = { lengths: { least: given.least, greatest: given.own + 1 } };
      fc.assert(gradientAgreesWithDifferences(model, sizes), runs(8));
      fc.assert(neighboursDoNotMatter(model, sizes), runs(8));
      fc.assert(paddingDoesNotMatter(model, sizes), runs(8));
      const drawn = { source: sourceOf(given), least: given.least, greatest: given.own, examples: 3, seed: 5 };
      agreesWithMeaning(ready(drawn, { target }), 1e-12);
    });

for (const [name, given] of Object.entries(falling).filter(([, { least }]) => least > 0))
  test(`${name} is refused where the axis is too short for the boundaries that are given`, () => {
    const model = compiledProgram(sourceOf(given));
    assert.throws(() => model.pack([ofLength(given.least), ofLength(given.least - 1)]), {
      name: "RnncError",
      message: new RegExp(
        `^examples\\[1\\]: position .* of axis t needs T >= ${given.least}, found ${given.least - 1}$`,
      ),
    });
  });

test("a boundary that is computed from what would fall onto it is none: the position itself must be there", () => {
  const model = compiledProgram(`model M {
  axis t in 1..T
  axis i in 1..I
  input x[t] : R
  input z[i] : R
  o[_] = 0
  s[t,0] = o[t]
  s[_,_] = 0.3
  s[t,i] : R = tanh(s[t-1,i-1] + x[t] + z[i])
  output o[t] : R = s[t,I] + x[t]
  minimize sum[t](o[t]^2)
}
`);
  model.pack([{ x: [1], z: [1] }]);
  assert.throws(() => model.pack([{ x: [1], z: [] }]), { name: "RnncError", message: /needs I >= 1, found 0$/ });
});

test("of a scan in a scan without positions the state around it goes on", () => {
  const model = compiledProgram(`model M {
  axis s in 1..S
  axis w in 1..W[s]
  input q[s,w] : R
  h[0] = 0.5
  inner[s,0] = h[s-1]
  inner[s,w] : R = inner[s,w-1] + q[s,w]
  output h[s] : R = inner[s,W]
  minimize sum[s](h[s])
}
`);
  assert.deepEqual([...model.forward({}, model.pack([{ q: [[1], [], [2, 3]] }])).h!.data], [1.5, 1.5, 6.5]);
});

test("over two axes the corners are boundaries too, and a corner that is not given is refused", () => {
  const grid = (corner: string): string => `model M {
  axis t in 1..T
  axis u in 1..U
  input x[t] : R
  input z[u] : R
  param a, b, c : R ~ normal(0, 1)
  h[0,u] = a * z[u]
  h[t,0] = b * x[t]
${corner}
  h[t,u] : R = x[t] + z[u]
  output y = h[T,U]
  minimize sin(y)
}
`;
  const model = compiledProgram(grid("  h[0,0] = c"));
  const params = { a: Float64Array.of(2), b: Float64Array.of(3), c: Float64Array.of(5) };
  const examples = [
    { x: [], z: [] },
    { x: [10, 20], z: [] },
    { x: [], z: [100] },
    { x: [10, 20], z: [100] },
  ];
  assert.deepEqual([...model.forward(params, model.pack(examples)).y!.data], [5, 60, 200, 120]);
  fc.assert(gradientAgreesWithDifferences(model, { lengths: { least: 0, greatest: 2 } }), runs(10));
  const open = compiledProgram(grid(""));
  assert.throws(() => open.pack([{ x: [], z: [] }]), { name: "RnncError" });
});

test("of ragged axes the last of an empty one is its boundary, for every position around it", () => {
  const model = compiledProgram(`model M {
  axis s in 1..S
  axis w in 1..W[s]
  input q[s,w] : R
  param v : R ~ normal(0, 1)
  h[s,0] = v
  h[s,w] : R = h[s,w-1] + q[s,w]
  output last[s] = h[s,W]
  minimize sum[s](sin(last[s]))
}
`);
  const params = { v: Float64Array.of(0.5) };
  const batch = model.pack([{ q: [[], [1, 2], []] }, { q: [[3]] }, { q: [] }]);
  assert.deepEqual([...model.forward(params, batch).last!.data], [0.5, 3.5, 0, 3.5, 0, 0, 0.5, 0, 0]);
  fc.assert(gradientAgreesWithDifferences(model, { lengths: { least: 0, greatest: 2 } }), runs(10));
});

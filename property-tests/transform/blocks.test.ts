import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { knownSize } from "../../src/circuit/axis.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { mustAgree } from "../../src/property/law.ts";
import { sizeOfBlocks } from "../../src/transform/blocks/block-size.ts";
import { readBlocks } from "../../src/transform/blocks/read-blocks.ts";
import { takeBlocks } from "../../src/transform/blocks/take-blocks.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { close } from "../circuit/compare.ts";
import { ifNative } from "../native/here.ts";
import { often, someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { dataFor } from "../schedule/data.ts";
import { runProgram } from "../schedule/run-program.ts";

/** A memory that is a matrix: how it decays, what is written, what is read of it, and in which direction it runs. */
interface Memory {
  readonly decay: string;
  readonly write: string;
  readonly read: string;
  readonly backwards: boolean;
  readonly boundary: string;
}

const memoryOf = ({ decay, write, read, backwards, boundary }: Memory): string => {
  const last = backwards ? "t+1" : "t-1";
  return `model M(n = 3, k = 2) {
  axis t in 1..T
  input q[t], x[t] : R[k]
  input v[t] : R[n]
  input a[t], z[t] : R
  param W : R[k,k]
  param c : R[k]
  param d, w : R[n]
  param s : R
  S[${backwards ? "T+1" : "0"}] = ${boundary}
  S[t] : R[n,k] = ${decay === "" ? "" : `${decay} * `}S[${last}] + ${write.replaceAll("LAST", `S[${last}]`)}
  minimize sum[t](${read.replaceAll("LAST", `S[${last}]`)})
}`;
};

const decays = ["", "0.5", "s", "a[t]", "sigmoid(a[t])", "(if a[t] < 0 then 0 else 1)", "a[t] * s"];
const writes = [
  "outer(v[t], W x[t])",
  "z[t] * outer(v[t], W x[t])",
  "outer(d, c)",
  "sigmoid(z[t]) * outer(d * v[t], x[t])",
];
const reads = [
  "w^T (S[t] q[t])",
  "sumsq(LAST q[t])",
  "sumsq(S[t] c)",
  "sumsq(S[t]^T v[t])",
  "w^T (S[t] q[t]) + z[t] * sumsq(LAST (W q[t])) + sumsq(S[t]^T v[t])",
];

const memories: fc.Arbitrary<Omit<Memory, "read">> = fc.record({
  decay: fc.constantFrom(...decays),
  write: fc.constantFrom(...writes),
  backwards: fc.boolean(),
  boundary: fc.constantFrom("0", "outer(d, c)"),
});

/** What is written, where that is corrected by what the memory says already: by one key or by several, of rows or of columns. */
const corrections = [
  "outer(v[t] - LAST x[t], x[t])",
  "z[t] * outer(v[t] - s * (LAST (W x[t])), q[t])",
  "outer(z[t] * (LAST x[t]) - LAST (W x[t]) + v[t], z[t] * q[t])",
  "outer(-(LAST x[t]), x[t])",
  "outer(v[t] - ((LAST c) * z[t] - d), x[t])",
  "outer(v[t], x[t] - LAST^T v[t])",
  "z[t] * outer(v[t], x[t]) - z[t] * a[t] * outer(LAST x[t], x[t])",
  "z[t] * (z[t] * outer(v[t], x[t]) - outer(LAST x[t], x[t])) - a[t] * outer(d, x[t])",
  "a[t] * outer(d * v[t], z[t] * (LAST^T w - W x[t]))",
];

const correctedMemories: fc.Arbitrary<Omit<Memory, "read">> = fc.record({
  decay: fc.constantFrom(...decays),
  write: fc.constantFrom(...corrections),
  backwards: fc.boolean(),
  boundary: fc.constantFrom("0", "outer(d, c)"),
});

/** A memory of rows, whose components decay each at a rate of its own: those of the keys, or those of the values. */
const rowsOf = ({ decay, write, read, backwards, boundary }: Memory): string => {
  const last = backwards ? "t+1" : "t-1";
  return `model M(n = 3, k = 2) {
  axis t in 1..T
  axis i in 1..n
  input q[t], x[t], f[t] : R[k]
  input v[t] : R[n]
  input z[t] : R
  param W : R[k,k]
  param c : R[k]
  param d : R[n]
  S[${backwards ? "T+1" : "0"},i] = ${boundary}
  S[t,i] : R[k] = ${decay} * S[${last},i] + ${write.replaceAll("LAST", `S[${last},i]`)}
  minimize sum[t](${read.replaceAll("LAST", `S[${last},i]`)})
}`;
};

const rowMemories: fc.Arbitrary<Omit<Memory, "read">> = fc.record({
  decay: fc.constantFrom("f[t]", "(if f[t] < 0 then 0 else f[t]) * z[t]", "c", "v[t][i]", "sigmoid(v[t][i]) * z[t]"),
  write: fc.constantFrom(
    "v[t][i] * (W x[t])",
    "x[t] * z[t] * v[t][i]",
    "z[t] * d[i] * c",
    "(v[t][i] - z[t] * dot(LAST, x[t])) * x[t]",
  ),
  backwards: fc.boolean(),
  boundary: fc.constantFrom("0", "d[i] * c"),
});

const rowReads = [
  "sum[i](d[i] * dot(S[t,i], q[t]))",
  "sum[i](dot(LAST, W q[t])^2)",
  "sumsq(sum[i](v[t][i] * S[t,i]))",
  "sum[i](dot(LAST, c)^2) + z[t] * sumsq(sum[i](d[i] * S[t,i]))",
];

const withGradient = (circuit: Circuit): Circuit => {
  const wanted = leavesOf(circuit).filter((leaf) => leaf.tag === "parameter" || !leaf.name.startsWith("$"));
  return differentiate({ wrt: wanted })(circuit);
};

const hasState = ({ nodes }: Circuit): boolean =>
  nodes.some(
    ({ op, axes }) =>
      op.tag === "delay" && op.axis.key === "t" && axes.filter((axis) => knownSize(axis) !== undefined).length > 1,
  );

const plain = { without: ["blocks"] };
const inBlocksOf = (size: number, circuit: Circuit): Circuit => takeBlocks(() => size).run(circuit);
const hasBlocks = ({ nodes }: Circuit): boolean =>
  nodes.some(({ axes }) => axes.some(({ key }) => key.startsWith("$block.")));

interface Sizes {
  readonly size: number;
  readonly batch: number;
  readonly greatest: number;
  readonly seed: number;
}

const sizes: fc.Arbitrary<Sizes> = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  batch: fc.integer({ min: 1, max: 3 }),
  greatest: fc.integer({ min: 0, max: 9 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

const asBefore = (source: string, { size, batch, greatest, seed }: Sizes): void => {
  const circuit = compiledProgram(source, plain).circuits.loss!;
  const before = withGradient(circuit);
  const taken = inBlocksOf(size, circuit);
  assert.ok(hasBlocks(taken), "no blocks are taken");
  const after = optimise(readBlocks.run(withGradient(taken)));
  assert.deepEqual(brokenInvariants(after), []);
  assert.ok(!hasState(after), "the state of each position is computed still");
  const { reference, program } = dataFor(before, batch, greatest, seed);
  const expected = evaluate(before, reference);
  const found = evaluate(after, reference);
  const run = runProgram(after, program);
  expected.forEach(({ data }, i) => {
    close([...found[i]!.data], [...data], 1e-9);
    close([...run[i]!], [...data], 1e-9);
  });
};

/** Memories of a kind, as a program each, by what is read of them. */
const kinds: ReadonlyArray<
  readonly [told: string, some: typeof memories, reads: ReadonlyArray<string>, of: typeof memoryOf]
> = [
  ["a memory, whatever decays and is written,", memories, reads, memoryOf],
  ["a memory that is corrected by what it says", correctedMemories, reads, memoryOf],
  ["a memory whose components decay each at its rate", rowMemories, rowReads, rowsOf],
];

for (const [told, some, reads, of] of kinds)
  for (const read of reads)
    test(`in blocks ${told} has the same loss and the same gradient: ${read}`, () => {
      fc.assert(
        fc.property(some, sizes, (memory, sized) => {
          asBefore(of({ ...memory, read }), sized);
        }),
        { numRuns: often(24), includeErrorInReport: true },
      );
    });

/** A memory of n by n that is written to and read by equations of its own. */
const withMemory = (equations: string): string => `model M(n = 32) {
  axis t in 1..T
  input k[t], v[t], q[t] : R[n]
  param W : R[n,n]
  param V
  param a : R[n]
  S[0] = 0
  y[0] = 0
  ${equations}
  minimize sum[t](sumsq(y[t]))
}`;

const takenByItself = (source: string): boolean => hasBlocks(compiledProgram(source).circuits.gradient!);

test("a state is taken in blocks where it decays as a whole, and is only read by sums", () => {
  assert.ok(
    takenByItself(withMemory("S[t] = sigmoid(dot(a, k[t])) * S[t-1] + outer(v[t], k[t])\n  y[t] = W (S[t] q[t])")),
  );
  assert.ok(
    takenByItself(
      withMemory("S[t] = sigmoid(dot(a, k[t])) * S[t-1] + outer(v[t] - S[t-1] k[t], k[t])\n  y[t] = W (S[t] q[t])"),
    ),
  );
  assert.ok(takenByItself(readFileSync(new URL("../../bench/workloads/w8.rnn", import.meta.url), "utf8")));
});

const others: Readonly<Record<string, string>> = {
  "its decay depends on it": "S[t] = sigmoid(a^T (S[t-1] k[t])) * S[t-1] + outer(v[t], k[t])\n  y[t] = S[t] q[t]",
  "what is written depends on it, and not linearly":
    "S[t] = S[t-1] + outer(tanh(v[t] - S[t-1] k[t]), k[t])\n  y[t] = S[t] q[t]",
  "both factors of what is written depend on it":
    "S[t] = S[t-1] + outer(v[t] - S[t-1] k[t], S[t-1]^T v[t])\n  y[t] = S[t] q[t]",
  "what corrects it is read elsewhere":
    "r[t] = S[t-1] k[t]\n  S[t] = S[t-1] + outer(v[t] - r[t], k[t])\n  y[t] = S[t] q[t] + r[t]",
  "components are corrected each at a rate of its own":
    "S[t] = S[t-1] + outer(a * (v[t] - S[t-1] k[t]), k[t])\n  y[t] = S[t] q[t]",
  "what corrects it are other components than what is written":
    "S[t] = S[t-1] + outer(v[t] - S[t-1]^T k[t], k[t])\n  y[t] = S[t] q[t]",
  "it goes through a function": "S[t] = tanh(S[t-1]) + outer(v[t], k[t])\n  y[t] = S[t] q[t]",
  "it is read through a function": "S[t] = S[t-1] + outer(v[t], k[t])\n  y[t] = tanh(S[t]) q[t]",
  "what it is read with depends on what was read":
    "S[t] = S[t-1] + outer(v[t], k[t])\n  y[t] = S[t] tanh(q[t] + W y[t-1])",
  "what is written depends on what was read": "S[t] = S[t-1] + outer(tanh(v[t] + W y[t-1]), k[t])\n  y[t] = S[t] q[t]",
  "its rows decay each at a rate of its own":
    "S[t] = outer(sigmoid(V k[t]), a) * S[t-1] + outer(v[t], k[t])\n  y[t] = S[t] q[t]",
  "it is small": "S[t] = S[t-1] + outer(slice(v[t]), slice(k[t]))\n  y[t] = S[t] slice(q[t])",
};

for (const [why, equations] of Object.entries(others))
  test(`a state is not taken in blocks where ${why}`, () => {
    const source = withMemory(equations.replaceAll(/slice\((\w)\[t\]\)/g, "(U $1[t])")).replace(
      "param V",
      equations.includes("slice") ? "param V\n  param U : R[16,n]" : "param V",
    );
    assert.ok(!takenByItself(source));
  });

test("blocks are as long as pays, and there are none of small states", () => {
  const alike = { rates: 1, isCorrected: false };
  assert.equal(sizeOfBlocks({ terms: 31, sums: 1000, ...alike }), undefined);
  assert.equal(sizeOfBlocks({ terms: 1000, sums: 31, ...alike }), undefined);
  assert.equal(sizeOfBlocks({ terms: 32, sums: 63, ...alike }), 16);
  assert.equal(sizeOfBlocks({ terms: 64, sums: 64, ...alike }), 32);
  assert.equal(sizeOfBlocks({ terms: 32, sums: 63, rates: 1, isCorrected: true }), 8);
  assert.equal(sizeOfBlocks({ terms: 64, sums: 64, rates: 1, isCorrected: true }), 16);
  assert.equal(sizeOfBlocks({ terms: 255, sums: 256, rates: 255, isCorrected: false }), undefined);
  assert.equal(sizeOfBlocks({ terms: 256, sums: 256, rates: 256, isCorrected: false }), 16);
  assert.equal(sizeOfBlocks({ terms: 256, sums: 256, rates: 256, isCorrected: true }), undefined);
});

for (const write of ["outer(v[t], k[t])", "outer(v[t] - S[t-1] q[t], k[t])"])
  test(`what is asked of a position that comes later may be beyond all limits: ${write}`, () => {
    const source = withMemory(`S[t] = S[t-1] + ${write}\n  y[t] = W (S[t] q[t])`);
    const ones = (by: number): ReadonlyArray<number> => Array.from({ length: 32 }, (_, i) => by * (1 + (i % 3)));
    const example = {
      q: [1e200, 1e-200, 1e-200].map(ones),
      k: [1e-200, 1e200, 1].map(ones),
      v: [1, 2, 3].map(ones),
    };
    const [found, expected] = [[], ["blocks"]].map((without) => {
      const model = compiledProgram(source, { without });
      assert.equal(hasBlocks(model.circuits.gradient!), without.length === 0);
      const { loss, gradient } = model.gradient(model.init(1), model.pack([example]));
      return [loss, ...Object.values(gradient).flatMap((values) => [...values])];
    });
    assert.ok(expected!.every(Number.isFinite));
    mustAgree("the loss and its gradient", found!, expected!, 1e-10);
  });

const cells: Readonly<Record<string, string>> = {
  "an mLSTM": `import MLSTM from "std"
model M(n = 32) {
  axis t in 1..T
  input x[t] : R[3]
  h[t] = MLSTM(n)(x[t])
  y[t] ~ normal(h[t], 1)
}`,
  "a DeltaNet": `import DeltaNet from "std"
model M(n = 32) {
  axis t in 1..T
  input x[t] : R[3]
  (h[t], S[t]) = DeltaNet(n, 32)(x[t])
  y[t] ~ normal(h[t], 1)
}`,
};

/** Shorter than a block, as long, longer, with and without a rest; and empty. */
const lengths = [33, 0, 1, 15, 16, 17, 40, 8];

const ways = Object.keys(cells).flatMap((cell) =>
  (["js", "wasm", "native"] as const).flatMap((target) =>
    (["full", "states", "every:5"] as const).map((memory) => ({ cell, target, memory })),
  ),
);

for (const { cell, target, memory } of someOf(ways))
  test(
    `${cell} has the same gradient in blocks, target ${target}, what is kept: ${memory}`,
    target === "native" ? ifNative : {},
    () => {
      const source = cells[cell]!;
      const whole = compiledProgram(source, { target, memory, wrt: ["x"] });
      const other = compiledProgram(source, { target, wrt: ["x"], without: ["blocks"] });
      assert.ok(hasBlocks(whole.circuits.gradient!));
      const examples = lengths.map((length, b) => ({
        x: Array.from({ length }, (_, t) => [Math.sin(t + b), Math.cos(2 * t), Math.sin(3 * t * b)]),
        y: Array.from({ length }, (_, t) => Array.from({ length: 32 }, (__, i) => Math.cos(t * i + b))),
      }));
      const params = whole.init(3);
      const batch = whole.pack(examples);
      const [found, expected] = [whole, other].map((model) => {
        const before = model.gradient(params, batch);
        const after = model.gradient(params, batch, before.state);
        return [before, after].flatMap(({ loss, gradient }) => [[loss], ...Object.values(gradient)]);
      });
      expected!.forEach((values, i) => {
        mustAgree(`the ${i}-th result`, found![i]!, values, 1e-10);
      });
    },
  );

for (const [name, source] of Object.entries(cells))
  test(`${name} has the same gradient in blocks in single precision`, () => {
    const [found, expected] = [[], ["blocks"]].map((without) => {
      const model = compiledProgram(source, { precision: "f32", without });
      const x = Array.from({ length: 41 }, (_, t) => [Math.sin(t), Math.cos(2 * t), Math.sin(3 * t)]);
      const y = x.map((_, t) => Array.from({ length: 32 }, (__, i) => Math.cos(t * i)));
      const { loss, gradient } = model.gradient(model.init(3), model.pack([{ x, y }]));
      return [[loss], ...Object.values(gradient)];
    });
    expected!.forEach((values, i) => {
      mustAgree(`the ${i}-th result`, found![i]!, values, 1e-4);
    });
  });

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { readBlocks } from "../../src/transform/blocks/read-blocks.ts";
import { takeBlocks } from "../../src/transform/blocks/take-blocks.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { close } from "../circuit/compare.ts";
import { runs } from "../programs/laws.ts";
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
  S[t] : R[n,k] = ${decay === "" ? "" : `${decay} * `}S[${last}] + ${write}
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

const memories: fc.Arbitrary<Memory> = fc.record({
  decay: fc.constantFrom(...decays),
  write: fc.constantFrom(...writes),
  read: fc.constantFrom(...reads),
  backwards: fc.boolean(),
  boundary: fc.constantFrom("0", "outer(d, c)"),
});

const withGradient = (circuit: Circuit): Circuit => {
  const wanted = leavesOf(circuit).filter((leaf) => leaf.tag === "parameter" || !leaf.name.startsWith("$"));
  return differentiate({ wrt: wanted })(circuit);
};

const plain = { without: ["blocks"] };
const inBlocksOf = (size: number, circuit: Circuit): Circuit => takeBlocks(() => size).run(circuit);
const hasBlocks = ({ nodes }: Circuit): boolean =>
  nodes.some(({ axes }) => axes.some(({ key }) => key.startsWith("$block.")));
const hasState = ({ nodes }: Circuit): boolean =>
  nodes.some(({ op, axes }) => op.tag === "delay" && op.axis.key === "t" && axes.length > 2);

const sizes = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  batch: fc.integer({ min: 1, max: 3 }),
  greatest: fc.integer({ min: 0, max: 9 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

test("in blocks a memory has the same loss and the same gradient, whatever decays, is written and is read", () => {
  fc.assert(
    fc.property(memories, sizes, (memory, { size, batch, greatest, seed }) => {
      const circuit = compiledProgram(memoryOf(memory), plain).circuits.loss!;
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
    }),
    runs(60),
  );
});

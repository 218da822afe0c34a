import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { operationsIn } from "../../bench/flops.ts";
import type { Compiled } from "../../src/compile.ts";
import { planOf } from "../../src/emit/kernels/plan.js";
import type { LoopProgram } from "../../src/loops/loops.ts";
import { namedSegmentDims, withSegmentDims } from "../../src/loops/segments/dims.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { type Polynomial, valueAt } from "../../src/views/polynomial.ts";
import {
  type ProgramName,
  type ScheduleView,
  scheduleJson,
  scheduleOf,
  scheduleText,
} from "../../src/views/schedule/schedule.ts";
import type { Part, Step } from "../../src/views/schedule/view.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";

const viewOf = (model: Compiled, program: ProgramName): ScheduleView => {
  const view = scheduleOf(model, program);
  assert.ok(view !== undefined, program);
  return view;
};

/** Dims of a batch of 2 whose lengths are 3, 4, … */
const dimsOf = ({ dims, segments }: ScheduleView): ReadonlyArray<number> =>
  dims.slice(0, segments === undefined ? undefined : -namedSegmentDims).map((_, i) => 2 + i);

const agrees = (model: Compiled, name: ProgramName): void => {
  const view = viewOf(model, name);
  const dims = dimsOf(view);
  const program = schedule(model.circuits[name]!, model.choices);
  const counted = operationsIn(program, dims);
  assert.equal(valueAt(view.work.flops, dims), counted.flops, "flops");
  assert.equal(valueAt(view.work.functions, dims), counted.functions, "functions");
  const size = arenaOf(program, withSegmentDims(dims, view.segments));
  // Every place begins at a multiple of 4 elements.
  const elements = valueAt(view.bytes, withSegmentDims(dims, view.segments)) / 8;
  const places = new Set(program.homes).size;
  assert.ok(elements <= size && size <= elements + 4 * places, `${elements} elements in an arena of ${size}`);
};

test("the operations of a schedule are those of its loops, and its bytes those of the arena: random programs", () => {
  fc.assert(
    fc.property(programs({ smooth: false }), fc.constantFrom("full", "states", "every:2"), ({ source }, memory) => {
      const model = compiledProgram(source, { memory });
      agrees(model, "forward");
      agrees(model, "gradient");
    }),
    { numRuns: often(15), includeErrorInReport: true },
  );
});

test("the operations of a schedule are those of its loops, and its bytes those of the arena: examples", () => {
  for (const name of exampleNames) {
    const model = compiledExample(name);
    agrees(model, model.model.hasLoss ? "gradient" : "forward");
  }
});

test("the steps of a schedule say in the user's names what is hoisted, what recurs, and what is summed at the end", () => {
  const { parts } = viewOf(compiledExample("elman.rnn", { precision: "f32" }), "gradient");
  const scans = parts.filter((part) => part.tag === "scan");
  assert.deepEqual(
    scans.map(({ axis, descending, turns }) => [axis, descending, turns]),
    [
      ["t", false, { factor: 1, dims: [1] }],
      ["t", true, { factor: 1, dims: [1] }],
    ],
  );
  const input = stepIn(parts, / = U x\[t\]$/);
  assert.deepEqual(input.hoisted, [{ axis: "t", where: "before" }]);
  assert.deepEqual(input.product, {
    m: { factor: 1, dims: [0, 1] },
    n: { factor: 32, dims: [] },
    k: { factor: 4, dims: [] },
    times: { factor: 1, dims: [] },
  });
  const recurrent = stepIn(scans[0]!.parts, / = W s\[t-1\]$/);
  assert.deepEqual([recurrent.hoisted, recurrent.product?.times], [[], { factor: 1, dims: [1] }]);
  assert.deepEqual(stepIn(scans[0]!.parts, /^s\[t\] = tanh\(/).kept, ["t", "examples", "32"]);
  const weights = stepIn(parts, /^∂W = sum\[t,examples\]/);
  assert.deepEqual(weights.hoisted, [{ axis: "t", where: "summing" }]);
  assert.deepEqual(weights.product?.k, { factor: 1, dims: [0, 1] });
  const bias = stepIn(parts, /^∂b = sum\[t,examples\]/);
  assert.deepEqual([weights.isTurnByTurn, bias.isTurnByTurn], [false, true]);
});

test("a symbol is looked up in place of a product, and its gradient scattered, unless that is switched off", () => {
  const kindsWith = (without: ReadonlyArray<string>): ReadonlyArray<string> => {
    const model = compiledExample("char-lm.rnn", { without });
    return stepsIn(viewOf(model, "gradient").parts).map(({ kind }) => kind);
  };
  const all = kindsWith([]);
  assert.ok(all.includes("lookup") && all.includes("scatter"));
  const plain = kindsWith(["lookups", "scatters"]);
  assert.ok(!plain.includes("lookup") && !plain.includes("scatter"));
});

test("formulas have values where lengths determine them, in text and in JSON", () => {
  const model = compiledExample("elman.rnn", { precision: "f32" });
  const view = viewOf(model, "forward");
  assert.match(scheduleText(view), /product B·T × 32 × 4;.* 256·B·T flops\n/);
  assert.match(scheduleText(view, { B: 2, T: 3 }), / 256·B·T = 1536 flops\n/);
  const json = scheduleJson(view, { B: 2, T: 3 });
  assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
  const dims = [2, 3];
  const { work, bytes, span } = json as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  assert.deepEqual(work!.flops, { formula: "2575·B·T", value: valueAt(view.work.flops, dims) });
  assert.equal(bytes!.value, valueAt(view.bytes, dims));
  assert.equal(span!.value, valueAt(view.span, dims));
  const open = scheduleJson(view) as { readonly work: { readonly flops: unknown } };
  assert.deepEqual(open.work.flops, { formula: "2575·B·T" });
});

test("without hoisting, what a scan reads at each turn is computed in it, and what reads its turns too", () => {
  const { parts } = viewOf(compiledExample("elman.rnn", { without: ["hoisting"] }), "forward");
  const inside = parts.flatMap((part) => (part.tag === "scan" ? part.parts : []));
  for (const formula of [/ = U x\[t\]$/, / = V s\[t\]$/]) assert.deepEqual(stepIn(inside, formula).hoisted, []);
});

test("the batch has a name of its own in formulas", () => {
  const source = "model M {\n  axis t in 1..B\n  input x[t] : R[2]\n  output y[t] = 2 * x[t]\n}\n";
  assert.deepEqual(viewOf(compiledProgram(source), "forward").dims, ["batch", "B"]);
});

test("to keep states alone, a scan computes again what it reads of another", () => {
  const kept = stepsIn(viewOf(compiledExample("elman.rnn"), "gradient").parts);
  assert.ok(kept.every(({ isRecomputed }) => !isRecomputed));
  const { parts } = viewOf(compiledExample("lstm-equations.rnn", { memory: "states" }), "gradient");
  const backwards = parts.flatMap((part) => (part.tag === "scan" && part.descending ? part.parts : []));
  assert.ok(stepIn(backwards, /^f\[t\] = sigmoid\(/).isRecomputed);
});

test("a model without a loss has no schedule of a gradient", () => {
  const model = compiledProgram("model M {\n  axis t in 1..T\n  input x[t] : R\n  output y[t] = 2 * x[t]\n}\n");
  assert.equal(scheduleOf(model, "gradient"), undefined);
  assert.match(scheduleText(viewOf(model, "forward")), /y\[t\] = 2 \* x\[t\]/);
});

test("a recurrence is done one position after the other, an equation over an axis at once", () => {
  const spanOf = (name: string): Polynomial => viewOf(compiledExample(name), "gradient").span;
  const isLong = (span: Polynomial): boolean => span.some(({ dims }) => dims.length > 0);
  assert.ok(isLong(spanOf("type-one.rnn")));
  assert.ok(!isLong(spanOf("type-two.rnn")));
});

const stepsIn = (parts: ReadonlyArray<Part>): ReadonlyArray<Step> =>
  parts.flatMap((part) => (part.tag === "scan" ? stepsIn(part.parts) : part.tag === "map" ? part.steps : [part.step]));

const stepIn = (parts: ReadonlyArray<Part>, formula: RegExp): Step => {
  const found = stepsIn(parts).find((step) => formula.test(step.formula));
  assert.ok(found !== undefined, `no step ${formula}`);
  return found;
};

/** The elements of the arena for these dims. */
const arenaOf = ({ buffers, homes }: LoopProgram, dims: ReadonlyArray<number>): number => {
  const stretches = buffers.map(({ rows, front, back, rowSize }): readonly [number, number] => {
    const row = valueAt([rowSize], dims);
    return [(valueAt([rows], dims) + front + back) * row, front * row];
  });
  return planOf(stretches, homes).size;
};

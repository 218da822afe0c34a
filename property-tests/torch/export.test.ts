import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exampleNames } from "../emit/examples.ts";
import { isThorough, someOf } from "../often.ts";
import { cases, ready } from "../programs/cases.ts";
import { cellCases, cellNames, type Errors, type Exported, errorsOf, exampleCases, reportedCases } from "./exported.ts";
import { skip } from "./python.ts";

const seed = 20;

/** All go through one Python, which takes two seconds to start. */
const programs = fc.sample(cases({ smooth: false }), { numRuns: isThorough ? 200 : 20, seed }).map(
  (given, i): Exported => ({
    name: `program ${i} of seed ${seed}\n${given.source}`,
    source: given.source,
    ...ready(given),
  }),
);
const examples = exampleCases(someOf(exampleNames, 1, 2));
const cells = cellCases(someOf(cellNames, 1, 2));
const trained = exampleCases(someOf(exampleNames, 0, 8))
  .filter(({ name, model }) => model.model.hasLoss && name.endsWith("from 1"))
  .map((each) => ({ ...each, steps: 100 }));

const reported = reportedCases();

const all = skip === false ? errorsOf([...programs, ...examples, ...cells, ...trained, ...reported])! : [];
const partOf = (before: ReadonlyArray<unknown>, own: ReadonlyArray<unknown>): ReadonlyArray<Errors> =>
  all.slice(before.length, before.length + own.length);

const agree = (errors: ReadonlyArray<Errors>): void => {
  assert.ok(errors.length > 0);
  for (const { name, failure, outputs, loss, gradient, curve, steps } of errors) {
    assert.equal(failure, undefined, `${name}\n${failure}`);
    assert.ok(Math.max(outputs, loss, gradient) < 1e-10, `${name}: ${JSON.stringify({ outputs, loss, gradient })}`);
    assert.ok(steps < 1e-10, `${name}: one step after the other is ${steps} off the whole`);
    assert.ok(curve < 1e-8, `${name}: the curve is ${curve} off`);
  }
};

test("random programs as PyTorch give the same outputs, loss and gradients in ragged batches", { skip }, () => {
  agree(partOf([], programs));
});

test("every example as PyTorch gives the same outputs, loss and gradients, empty sequences included", { skip }, () => {
  agree(partOf(programs, examples));
});

test("every standard cell as PyTorch gives the same values, loss and gradients, empty sequences included", {
  skip,
}, () => {
  agree(partOf([...programs, ...examples], cells));
});

test("a module of PyTorch is trained along the same curve for 100 steps", { skip }, () => {
  agree(partOf([...programs, ...examples, ...cells], trained));
});

test("where slopes are infinite or no number, PyTorch gives the gradients of the compiled model", { skip }, () => {
  agree(partOf([...programs, ...examples, ...cells, ...trained], reported));
});

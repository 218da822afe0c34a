import assert from "node:assert/strict";
import { test } from "node:test";
import { schedule } from "../../src/schedule/schedule.ts";
import { recurrencesOf, recurrenceText } from "../../src/views/recurrence.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";

const types: ReadonlyArray<readonly [example: string, says: RegExp]> = [
  ["type-one.rnn", /^over t through hidden units, .*\(type I\)$/],
  ["type-two.rnn", /^over t through its outputs alone \(type II\): .* training needs no loop over t$/],
  ["type-three.rnn", /^over t through hidden units, .*\(type III\)$/],
  ["char-lm.rnn", /\(type I\), and its outputs are fed back$/],
];
for (const [example, says] of types)
  test(`the type of recurrence of ${example} is told`, () => {
    const found = recurrencesOf(compiledExample(example).elaborated).map(recurrenceText);
    assert.equal(found.length, 1);
    assert.match(found[0]!, says);
  });

test("training loops over the axes of hidden recurrences, and given the outputs over no other", () => {
  exampleNames.forEach((example, i) => {
    const model = compiledExample(example);
    const hidden = recurrencesOf(model.elaborated).flatMap(({ axis, isHidden }) => (isHidden ? [axis.key] : []));
    // What recurs is alike in many examples.
    if (hidden.length > 0 && i % 4 !== 0) return;
    const { loss, forward } = model.circuits;
    const scans = schedule(loss ?? forward).blocks.flatMap(({ title }) => /^scan over (\w+)/.exec(title)?.[1] ?? []);
    for (const axis of scans) assert.ok(hidden.includes(axis), `${example} over ${axis}`);
    if (hidden.length === 0) assert.deepEqual(scans, [], example);
  });
});

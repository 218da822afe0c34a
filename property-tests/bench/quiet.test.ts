import assert from "node:assert/strict";
import { test } from "node:test";
import { newQuietTurns } from "../../bench/quiet.ts";

/** Turns numbered from 1, between looks that find what is given, one after the other, and then the last for ever. */
const turns = (patience: number, looks: ReadonlyArray<ReadonlyArray<number>>) => {
  let [looked, taken] = [0, 0];
  const look = async () => looks[Math.min(looked++, looks.length - 1)]!;
  const quietly = newQuietTurns({ slack: 1.05, patience }, look);
  const turn = async () => ++taken;
  return { take: () => quietly(turn), looked: () => looked };
};

test("a turn between two looks at a machine at its best counts", async () => {
  const { take, looked } = turns(60_000, [
    [10, 10, 10],
    [10, 10.4, 99],
  ]);
  assert.equal(await take(), 1);
  assert.equal(looked(), 2);
});

test("a turn waits for a machine that is slower than it was, and one after which it is slower is taken again", async () => {
  const { take, looked } = turns(60_000, [[10], [11], [12], [10], [10]]);
  assert.equal(await take(), 2);
  assert.equal(looked(), 5);
});

test("without patience turns stand as they are, with some it comes to an end, and without a loop to look at none is needed", async () => {
  const none = turns(0, [[10], [20]]);
  assert.equal(await none.take(), 1);
  assert.equal(none.looked(), 0);
  const some = turns(20, [[10], [20]]);
  assert.equal(await some.take(), 2);
  assert.equal(await some.take(), 3);
  assert.equal(await turns(60_000, [[]]).take(), 1);
});

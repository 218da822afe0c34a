import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hasEmpty, lengthsDrawn, withoutEmpty } from "../../src/export/verify/lengths.ts";
import { type CaseSpec, smallerCases } from "../../src/export/verify/shrink.ts";
import { often } from "../often.ts";

const runs = { numRuns: often(200) };
const names = ["S", "T"];
const drawings = fc.record({
  seed: fc.nat(),
  turn: fc.nat(20),
  single: fc.subarray(names),
  longest: fc.integer({ min: 1, max: 40 }),
  isEmptyTaken: fc.boolean(),
});

type Drawing = typeof drawings extends fc.Arbitrary<infer D> ? D : never;
const drawn = ({ seed, turn, single, longest, isEmptyTaken }: Drawing): CaseSpec["examples"] =>
  lengthsDrawn({ names, single, empty: isEmptyTaken ? single : [], longest }, seed, turn);

test("every second case is of five to eight examples, one of which is as long as they become; the others are small", () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const { turn, longest } = drawing;
      const examples = drawn(drawing);
      const most = Math.max(...examples.flatMap((lengths) => Object.values(lengths)));
      if (turn % 2 === 1) {
        assert.ok(examples.length >= 5 && examples.length <= 8);
        assert.equal(most, longest);
        const long = names.filter((name) => examples.some((lengths) => lengths[name]! > 5));
        assert.ok(long.length <= 1);
      } else {
        assert.ok(examples.length >= 1 && examples.length <= 4);
        assert.ok(most <= Math.min(5, longest));
      }
    }),
    runs,
  );
});

test("what is not drawn for each example is one length for all, and each axis is the long one in turn", () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      for (const name of names.filter((each) => !drawing.single.includes(each)))
        assert.equal(new Set(drawn(drawing).map((lengths) => lengths[name])).size, 1);
    }),
    runs,
  );
  const longIn = (turn: number): ReadonlyArray<string> =>
    names.filter((name) =>
      drawn({ seed: 1, turn, single: names, longest: 30, isEmptyTaken: false }).some((of) => of[name] === 30),
    );
  assert.deepEqual([1, 3, 5].flatMap(longIn), ["S", "T", "S"]);
});

test("an empty sequence stands beside others that are not, where it may; without it, all have a position", () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const examples = drawn(drawing);
      assert.equal(hasEmpty({ examples }), drawing.turn % 4 === 2 && drawing.isEmptyTaken && drawing.single.length > 0);
      const isBeside = (all: CaseSpec["examples"]): boolean =>
        names.every((name) => all.some((lengths) => lengths[name]! > 0));
      assert.ok(isBeside(examples));
      for (const smaller of smallerCases({ seed: 1, sizes: {}, examples }, drawing.single))
        assert.ok(isBeside(smaller.examples));
      assert.ok(!hasEmpty({ examples: withoutEmpty(examples) }));
    }),
    runs,
  );
});

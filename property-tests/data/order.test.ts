import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cursor, firstCursor, nextCursor } from "../../src/data/feed.ts";
import { type Order, orderByLength, randomOrder } from "../../src/data/order.ts";

const sizes = fc.record({
  lengths: fc.array(fc.nat(40), { minLength: 1, maxLength: 300 }).map((lengths) => Float64Array.from(lengths)),
  size: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer(),
});

const orders = {
  "a random order": (lengths: Float64Array, size: number): Order => randomOrder(lengths.length, size),
  "an order by length": orderByLength,
};

/** Every place of the first epochs. */
const cursorsOf = (seed: number, portions: number, epochs = 2): ReadonlyArray<Cursor> => {
  let cursor = firstCursor(seed);
  return Array.from({ length: epochs * portions }, () => {
    const here = cursor;
    cursor = nextCursor(cursor, portions);
    return here;
  });
};

const portionsOf = (lengths: Float64Array, size: number): number => Math.ceil(lengths.length / size);

for (const [name, orderOf] of Object.entries(orders)) {
  test(`${name} has every example once an epoch, in portions of which the last alone may be smaller`, () => {
    fc.assert(
      fc.property(sizes, ({ lengths, size, seed }) => {
        const portions = portionsOf(lengths, size);
        const order = orderOf(lengths, size);
        const found = cursorsOf(seed, portions).map((cursor) => [...order(cursor)]);
        found.forEach((portion, i) => {
          if ((i + 1) % portions !== 0) assert.equal(portion.length, size);
        });
        for (const epoch of [found.slice(0, portions), found.slice(portions)])
          assert.deepEqual(
            epoch.flat().sort((a, b) => a - b),
            Array.from(lengths, (_, i) => i),
          );
      }),
    );
  });
  test(`${name} depends on the place alone, and on nothing that was asked before`, () => {
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat()), ({ lengths, size, seed }, jumps) => {
        const cursors = cursorsOf(seed, portionsOf(lengths, size));
        const order = orderOf(lengths, size);
        for (const jump of jumps.take(5)) {
          const cursor = cursors[jump % cursors.length]!;
          assert.deepEqual(order(cursor), orderOf(lengths, size)(cursor));
        }
      }),
    );
  });
}

test("an order by length cuts up to 50 portions so that no shorter example stands in one than in those below it", () => {
  fc.assert(
    fc.property(sizes, ({ lengths, size, seed }) => {
      const portions = Math.min(50, Math.floor(lengths.length / size));
      const order = orderByLength(lengths.subarray(0, 50 * size), size);
      const spans = cursorsOf(seed, portionsOf(lengths.subarray(0, 50 * size), size), 1)
        .slice(0, portions)
        .map((cursor) => [...order(cursor)].map((i) => lengths[i]!).sort((a, b) => a - b))
        .sort((a, b) => a[0]! - b[0]! || a.at(-1)! - b.at(-1)!);
      spans.slice(1).forEach((span, i) => {
        assert.ok(spans[i]!.at(-1)! <= span[0]!);
      });
    }),
  );
});

test("no epoch has the order of the one before, and another seed has another order", () => {
  const lengths = Float64Array.from({ length: 40 }, () => 1);
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const order = randomOrder(lengths.length, 40);
      const [first, second, third] = cursorsOf(seed, 1, 3).map((cursor) => order(cursor).join());
      assert.equal(new Set([first, second, third]).size, 3);
      assert.notEqual(first, order(firstCursor(seed ^ 1)).join());
    }),
  );
});

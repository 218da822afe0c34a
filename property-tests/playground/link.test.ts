import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { hashOf, type Linked, linkedIn } from "../../playground/src/link.ts";

const values = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string()));
const linked: fc.Arbitrary<Linked> = fc.record(
  {
    source: fc.string({ unit: "grapheme", maxLength: 500 }),
    statics: values,
    starter: fc.string(),
    data: fc.string(),
    settings: values,
    view: fc.string(),
  },
  { requiredKeys: ["source", "statics"] },
);

test("a link gives back what it was made of, and has no sign that an address gives a meaning to", async () => {
  await fc.assert(
    fc.asyncProperty(linked, async (given) => {
      const hash = await hashOf(given);
      assert.match(hash, /^#p=[\w-]+$/);
      assert.deepEqual(await linkedIn(hash), E.right(JSON.parse(JSON.stringify(given))));
    }),
  );
});

test("a link that was cut off, or is something else, says so", async () => {
  const hash = await hashOf({ source: "model M { }".repeat(20), statics: {} });
  for (const damaged of [hash.slice(0, -6), "#p=!!", "#p="]) assert.ok(E.isLeft(await linkedIn(damaged)), damaged);
  const strange = await hashOf({ source: 1, statics: {} } as unknown as Linked);
  assert.deepEqual(await linkedIn(strange), E.left("The link holds something else than a program."));
});

test("an address without a program is none that is wrong", async () => {
  for (const hash of ["", "#", "#top"]) assert.deepEqual(await linkedIn(hash), E.right(undefined));
});

test("a link that would fill the memory is refused", async () => {
  const hash = await hashOf({ source: "a".repeat(5_000_000), statics: {} }).catch(() => "");
  assert.ok(hash === "" || E.isLeft(await linkedIn(hash)));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { identifierOf, mangled } from "../../src/mangle.ts";

const character = fc.oneof(
  fc.constantFrom(..."abT_09θ'λμ.é漢𝛼*/\"\\\n "),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);
const name = fc.string({ unit: character, minLength: 1, maxLength: 6 });
const names = fc.uniqueArray(name, { maxLength: 12 });
const reserved = fc.uniqueArray(fc.oneof(fc.constantFrom("int", "class", "a", "n_u2f"), name.map(identifierOf)));

test("names are mangled one to one, to ASCII identifiers that no language keeps for itself", () => {
  fc.assert(
    fc.property(names, reserved, (all, kept) => {
      const map = mangled(all, new Set(kept));
      const results = all.map((each) => map.get(each)!);
      assert.equal(new Set(results).size, all.length);
      for (const result of results) {
        assert.match(result, /^[A-Za-z][A-Za-z0-9_]*$/);
        assert.ok(!result.includes("__"), result);
        assert.ok(!kept.includes(result), result);
      }
    }),
  );
});

test("a name of ASCII letters and digits stands as it is", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/), (plain) => {
      assert.equal(mangled([plain]).get(plain), plain);
    }),
  );
});

test("Greek letters are spelled out, primes and paths are told apart", () => {
  const map = mangled(["θ", "theta", "h'", "h_prime", "cell.W", "cell_W"]);
  assert.deepEqual([...map.values()], ["theta", "theta_2", "h_prime", "h_prime_2", "cell_W", "cell_W_2"]);
});

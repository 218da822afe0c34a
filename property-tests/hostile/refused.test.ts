import assert from "node:assert/strict";
import test from "node:test";
import { long, wrong } from "../../bench/hostile/programs.ts";
import { mostShown } from "../../src/syntax/diagnostic.ts";
import { diagnosticsOf } from "../diagnostics/sources.ts";
import { modelOf } from "../elaborate/programs.ts";

for (const { name, title, size, code, source } of wrong)
  test(`${name}: of ${size} ${title} at most ${mostShown} things are said, and how many more there are`, () => {
    const said = diagnosticsOf(source(size));
    assert.ok(said.length > 0 && said.length <= mostShown);
    assert.ok(
      said.every((diagnostic) => diagnostic.code === code),
      JSON.stringify(said[0]),
    );
    assert.equal(said.at(-1)!.further ?? 0, name === "unknown names" ? size - mostShown : 0);
  });

test("a circuit grows as the program does", () => {
  for (const { name, size, source } of long) {
    const [one, two, four] = [1, 2, 4].map((times) => modelOf(source((times * size) / 50)).circuit.nodes.length);
    assert.equal(four! - two!, 2 * (two! - one!), name);
  }
});

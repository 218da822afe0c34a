import assert from "node:assert/strict";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { elaborate } from "../../src/elaborate/elaborate.ts";
import { standardTexts } from "../../src/std/generated/cells.ts";
import { standardLibrary, standardLibraryOf } from "../../src/std/library.ts";
import { noOtherFiles, withStandardLibrary } from "../../src/std/load.ts";
import { parse } from "../../src/syntax/parse.ts";
import type { Program } from "../../src/syntax/tree.ts";

const whole = standardLibrary().definitions;
const namesOf = ({ definitions }: Program): ReadonlyArray<string> => definitions.map(({ name }) => name.text);

test("the cells that are found without the grammar are those that it finds, each at its place", () => {
  const parsed = Object.entries(standardTexts).flatMap(([file, text]) => {
    const program = parse(text, `std/${file}`);
    assert.ok(E.isRight(program));
    assert.deepEqual(program.right.imports, []);
    return program.right.definitions;
  });
  assert.deepEqual(whole, parsed);
});

test("of the library an import gets what it names and what that refers to", () => {
  for (const { name } of whole) assert.ok(namesOf(standardLibraryOf([name.text])!).includes(name.text));
  assert.deepEqual(namesOf(standardLibraryOf(["GRU"])!), ["GRU"]);
  assert.deepEqual(namesOf(standardLibraryOf(["Attend"])!), ["Attend", "AttentionWeights"]);
  assert.equal(standardLibraryOf(["GRU", "Gru"]), undefined);
});

test("each cell elaborates among those that it refers to as it does among all", () => {
  for (const { name } of whole) {
    // What it is applied to is missing: its own problems are then those of any name that is unknown to it.
    const source = `import ${name.text} from "std"\nmodel M {\n  axis t in 1..T\n  output y = ${name.text}()\n}\n`;
    const program = parse(source, "model.rnn");
    assert.ok(E.isRight(program));
    const [alone, among] = [
      withStandardLibrary(noOtherFiles),
      () => E.right({ file: "std", program: standardLibrary() }),
    ];
    assert.deepEqual(
      elaborate({ statics: {}, load: alone })(program.right),
      elaborate({ statics: {}, load: among })(program.right),
    );
  }
});

test("whether an unknown name is a standard cell is told without reading the library", () => {
  const program = parse("model M {\n  axis t in 1..T\n  output y = GRU(3)(1) + q\n}\n", "model.rnn");
  assert.ok(E.isRight(program));
  const load = () => assert.fail("something was read");
  const refused = elaborate({ statics: {}, load })(program.right);
  assert.ok(E.isLeft(refused));
  const hints = refused.left.map(({ hint }) => hint ?? "");
  assert.ok(
    hints.some((hint) => hint.includes('import GRU from "std"')),
    hints.join("\n"),
  );
});

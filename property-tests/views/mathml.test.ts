import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { compile } from "../../src/index.ts";
import type { MathElement } from "../../src/views/mathml/element.ts";
import { equationsIn } from "../../src/views/mathml/equations.ts";
import { adjointOf, equationsOf } from "../../src/views/printed.ts";

const folder = new URL("../../examples/", import.meta.url);
const models = readdirSync(folder)
  .filter((name) => name.endsWith(".rnn"))
  .map((name) =>
    compile(readFileSync(new URL(name, folder), "utf8"), { statics: name === "char-lm.rnn" ? { V: 5 } : {} }),
  )
  .flatMap((result) => (E.isRight(result) ? [result.right.elaborated] : []));

const names = ({ name, inside }: MathElement): ReadonlyArray<string> =>
  typeof inside === "string" ? [name] : [name, ...inside.flatMap(names)];
const text = ({ inside }: MathElement): string => (typeof inside === "string" ? inside : inside.map(text).join(""));

test("every equation and adjoint of the examples is set, and no command is left unknown", () => {
  assert.ok(models.length > 30);
  for (const model of models)
    for (const latex of [equationsOf(model, "latex"), adjointOf(model, "latex")]) {
      const lines = equationsIn(latex);
      const written = latex.split("\n").filter((line) => line !== "" && !/^\\(begin|end)\{align/.test(line));
      assert.equal(lines.length, written.length, model.name);
      for (const { left, right } of lines) {
        // A line that goes on begins with a blank.
        assert.equal(text(left) === "", names(right)[1] === "mspace");
        assert.deepEqual(
          [...names(left), ...names(right)].filter((name) => name === "merror"),
          [],
          latex,
        );
      }
    }
});

test("brackets of a line are closed, whatever stands in them", () => {
  const [line] = equationsIn(
    String.raw`{h'}_{t-1} &= \left(\frac{a}{2}\right) \odot \sum_{j} {W}^{\top} \, \begin{cases} 0 & \text{if } t = 1 \\ x & \text{otherwise} \end{cases}`,
  );
  assert.equal(text(line!.left), "ht−1′");
  assert.equal(text(line!.right), "=(a2)⊙∑jW⊤{0if\u00a0t=1xotherwise");
});

test("what is below stands under what is above, as in a cell's variables", () => {
  const [line] = equationsIn("{{c}^{f}}_{t} &= 0");
  assert.equal(line!.left.name, "msubsup");
  assert.equal(text(line!.left), "ctf");
});

test("what the printer does not write is shown as it stands", () => {
  assert.ok(names(equationsIn(String.raw`a &= \unheard b`)[0]!.right).includes("merror"));
});

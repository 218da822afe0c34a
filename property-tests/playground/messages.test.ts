import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../playground/src/worker/analyse.ts";
import { messageOf } from "../../playground/src/worker/messages.ts";
import { picture } from "../../playground/src/worker/picture.ts";
import { allPages, saidOfWrong } from "../diagnostics/all-pages.ts";

const ofSize = (n: string): string => `model Line(${n}) {
  input x : R
  param w : R[n]
  y ~ normal(sum(w * x), 1)
}`;

test("no message of the page speaks of the command line, which it does not have", () => {
  for (const page of allPages)
    for (const diagnostic of saidOfWrong(page)) {
      const { text, hint } = messageOf(page.wrong)(diagnostic);
      assert.doesNotMatch(`${text} ${hint ?? ""}`, /--[a-z]/, diagnostic.code);
    }
});

test("a size that has no value is asked for where the page takes it", () => {
  const [message] = analyse({ source: ofSize("n"), statics: {} }).messages;
  assert.match(message!.hint!, /when compiling \(`n=32` under “sizes”\)/);
  const [other] = analyse({ source: ofSize("n = 3"), statics: { n: "LSTM" } }).messages;
  assert.match(other!.hint!, /as in `n=3` under “sizes”/);
});

test("each unit is drawn of small layers; of larger ones it is said how large they may be", () => {
  const draw = (n: number): unknown => {
    const of = { tag: "unfolded", length: 1, inUnits: true, insideCells: false } as const;
    const source = `model Layer(n = 3) {
  input x : R[n]
  param w
  output y = tanh(w * x)
}`;
    return picture({ source, statics: { n }, of });
  };
  assert.doesNotThrow(() => draw(8));
  assert.throws(() => draw(9), /at most 8 components: here one has 9/);
});

import { test } from "node:test";
import fc from "fast-check";
import { agreesWithMeaning, cases, ready, runs } from "./cases.ts";

test("a compiled program, padded in a batch, gives what each example's unfolded graph gives: values and gradient", () => {
  fc.assert(
    fc.property(cases({ smooth: true }), (given) => agreesWithMeaning(ready(given), 1e-10)),
    runs(700),
  );
});

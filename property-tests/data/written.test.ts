import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type DeclaredVariable, declaredIn } from "../../src/data/coding/declared.ts";
import { placesOf } from "../../src/data/coding/places.ts";
import { writtenAs } from "../../src/data/formats/write.ts";
import { compiledProgram } from "../property/programs.ts";

const source = `model Places {
  axis t in 1..T
  axis i in 1..N
  axis j in 1..2
  input x[t] : R
  param w : R = 0.5
  output here[t] = w * x[t]
  output mu[i] = w * x[T] + i
  output beside[j] = w * j
  output once = w * x[T]
  y[i] : R ~ normal(mu[i], 1)
  z[t] : R ~ normal(here[t], 1)
}`;
const declared: ReadonlyArray<DeclaredVariable> = declaredIn(source, "places.rnn");
const { model } = compiledProgram(source);
const numbers = (length: number, from: number): ReadonlyArray<number> => Array.from({ length }, (_, i) => from + i);

test("what is said stands beside rows along whose axis it is said, after the window, or once", () => {
  const placed = (window: number | undefined) => placesOf(model, declared, { window, ahead: 3 });
  const names = ["here", "z.low", "mu", "y.high", "beside", "beside.a", "once", "other"];
  assert.deepEqual(names.map(placed(4)), [
    "rows",
    "rows",
    "following",
    "following",
    "whole",
    "whole",
    "whole",
    "whole",
  ]);
  assert.deepEqual(names.slice(0, 4).map(placed(undefined)), ["rows", "rows", "rows", "rows"]);
});

test("a table of series keeps each value with the row it belongs to, whatever the lengths", () => {
  const length = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(fc.array(fc.tuple(length, length), { minLength: 1, maxLength: 3 }), (lengths) => {
      const answers = lengths.map(([window, reach], s) => ({
        sample: {
          path: "",
          line: 1,
          group: `s${s}`,
          fields: undefined,
          rows: numbers(window, 0).map((i) => ({ path: "", line: i + 1, fields: { g: `s${s}`, x: i }, isTyped: true })),
        },
        told: { here: numbers(window, 100), mu: numbers(reach, 200), beside: [7, 8], once: 9 },
      }));
      const layout = {
        fields: () => ["g", "x"],
        group: "g",
        placeOf: placesOf(model, declared, { window: 1, ahead: 1 }),
      };
      const written = writtenAs("csv")(layout)(answers);
      const expected = lengths.flatMap(([window, reach], s) => [
        ...numbers(window, 0).map((i) => `s${s},${i},${100 + i},${i === window - 1 ? "7 8,9" : ","},`),
        ...numbers(reach, 200).map((value) => `s${s},,,,,${value}`),
      ]);
      assert.equal(written, `${["g,x,here,beside,once,mu", ...expected].join("\n")}\n`);
    }),
  );
});

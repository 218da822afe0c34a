import { test } from "node:test";
import fc from "fast-check";
import { inner } from "../../src/property/difference.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { cases, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { environmentOf } from "../programs/oracle.ts";
import { complexStep } from "./complex.ts";

test("the gradient of an analytic program is the complex step, to the last digits", () => {
  fc.assert(
    fc.property(cases({ smooth: true, tame: true }), (given) => {
      const { model, params, examples } = ready({ ...given, examples: 1 });
      const batch = model.pack(examples);
      const direction = Object.fromEntries(
        Object.entries(params).map(([path, values]) => [path, values.map((_, i) => Math.sin(2 * i + path.length))]),
      ) as Params;
      const expected = complexStep(model.elaborated.circuit, environmentOf(model, params, batch), direction);
      fc.pre(expected !== null);
      mustAgree("the slope", [inner(model.gradient(params, batch).gradient, direction)], [expected!], 1e-11);
    }),
    runs(60),
  );
});

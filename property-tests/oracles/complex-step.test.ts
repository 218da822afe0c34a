import { test } from "node:test";
import fc from "fast-check";
import { inner } from "../../src/property/difference.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { cases, learned, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { environmentOf } from "../programs/oracle.ts";
import { complexStep } from "./complex.ts";

test("the gradient of an analytic program is the complex step, to the last digits", () => {
  fc.assert(
    fc.property(cases({ smooth: true, tame: true }), (given) => {
      const here = ready({ ...given, examples: 1 });
      const { model, params, examples } = here;
      const batch = model.pack(examples);
      const moving = learned(here, params);
      const direction = Object.fromEntries(
        Object.entries(params).map(([path, values]) => [
          path,
          values.map((_, i) => (path in moving ? Math.sin(2 * i + path.length) : 0)),
        ]),
      ) as Params;
      const expected = complexStep(model.elaborated.circuit, environmentOf(model, params, batch), direction);
      fc.pre(expected !== null);
      mustAgree("the slope", [inner(model.gradient(params, batch).gradient, direction)], [expected!], 1e-11);
    }),
    runs(60),
  );
});

import { test } from "node:test";
import fc from "fast-check";
import { inner } from "../../src/property/difference.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { cases, learned, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { environmentOf } from "../programs/oracle.ts";
import { dualOutputs } from "./dual.ts";

test("<J v, u> = <v, J^T u>: forward mode by dual numbers agrees with the compiled reverse mode", () => {
  fc.assert(
    fc.property(cases({ smooth: true, tame: true }), (given) => {
      const here = ready({ ...given, examples: 1 });
      const { model, params, examples } = here;
      const batch = model.pack(examples);
      const moving = learned(here, params);
      const direction = Object.fromEntries(
        Object.entries(params).map(([path, values]) => [
          path,
          values.map((_, i) => (path in moving ? Math.cos(5 * i + path.length) : 0)),
        ]),
      ) as Params;
      const circuit = model.elaborated.circuit;
      const duals = dualOutputs(circuit, environmentOf(model, params, batch), direction);
      const { value, slope } = duals[circuit.outputs.findIndex(({ role }) => role === "loss")]![0]!;
      const { loss, gradient } = model.gradient(params, batch);
      mustAgree("the loss", [loss], [value], 1e-10);
      mustAgree("<v, J^T u>", [inner(gradient, direction)], [slope], 1e-10);
    }),
    runs(80),
  );
});

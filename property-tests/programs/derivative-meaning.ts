import fc from "fast-check";
import { mustAgree } from "../../src/property/law.ts";
import { observed } from "../../src/transform/observed.ts";
import { writtenMeaning } from "../oracles/written-meaning.ts";
import { cases, insideValues, ready } from "./cases.ts";
import type { ProgramLaw } from "./laws.ts";
import { environmentOf } from "./oracle.ts";

/** Only of programs that speak of derivatives. */
export const meaningOfDerivatives: ProgramLaw = {
  name: "a derivative in an equation is the slope when what it is taken by moves at that place alone, in forward mode",
  given: cases({ smooth: false }).filter(({ source }) => source.includes("grad(")),
  holds: (given) => {
    const { model, params, examples, batch } = ready(given);
    const { written } = model.elaborated;
    fc.pre(written !== undefined);
    const circuit = observed({ ...written!, inputs: model.elaborated.inputs }).run(written!.circuit);
    const outputs = model.forward(params, batch);
    let loss = 0;
    examples.forEach((example, i) => {
      const alone = writtenMeaning(circuit, environmentOf(model, params, model.pack([example])));
      for (const { role, name, values } of alone) {
        if (role === "loss") loss += values[0]! / examples.length;
        if (role === "output") mustAgree(name, insideValues(model.model, batch, outputs[name]!, i), values, 1e-9);
      }
    });
    mustAgree("the loss", [model.loss(params, batch)], [loss], 1e-9);
  },
  usual: 100,
};

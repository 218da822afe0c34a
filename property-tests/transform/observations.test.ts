import { test } from "node:test";
import fc from "fast-check";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const source = `model M {
  axis t in 1..T
  axis s in 1..S
  param w = 0.3
  param v = -0.2
  y[t] : symbol[2] ~ categorical(softmax([w; 0]))
  z[s] : R ~ normal(v, 1)
  u : R ~ normal(v * w, 1)
}`;
const [mean, sum, perObservation] = (["mean", "sum", "perObservation"] as const).map((loss) =>
  compiledProgram(source, { loss }),
);

test("per observation, the loss and its gradient are the sum over all values of all targets, divided by their number", () => {
  const lengths = fc.record({ T: fc.nat(4), S: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(lengths, { minLength: 1, maxLength: 3 }), (sizes) => {
      const examples = sizes.map(({ T, S }, i) => ({
        y: Array.from({ length: T }, (_, t) => (t + i) % 2),
        z: Array.from({ length: S }, (_, s) => 0.3 * s - i),
        u: 0.5 * i,
      }));
      const count = sizes.reduce((total, { T, S }) => total + T + S + 1, 0);
      const [found, total, usual] = [perObservation!, sum!, mean!].map((model) =>
        model.gradient(model.init(1), model.pack(examples)),
      );
      mustAgree("the loss", [found!.loss], [total!.loss / count], 1e-12);
      mustAgree("the mean", [usual!.loss], [total!.loss / sizes.length], 1e-12);
      for (const [path, values] of Object.entries(total!.gradient))
        mustAgree(
          path,
          found!.gradient[path]!,
          Array.from(values, (value) => value / count),
          1e-12,
        );
    }),
    { numRuns: 30 },
  );
});

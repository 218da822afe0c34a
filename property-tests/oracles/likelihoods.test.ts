import { test } from "node:test";
import fc from "fast-check";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const real = fc.double({ min: -3, max: 3, noNaN: true });
const positive = fc.double({ min: 0.1, max: 3, noNaN: true });
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test("the loss of a normal variable is minus the log of its density, with its slopes", () => {
  const model = compiledProgram("model M {\n  param mu = 0\n  param sigma = 1\n  y : R ~ normal(mu, sigma)\n}");
  fc.assert(
    fc.property(real, real, positive, (y, mu, sigma) => {
      const params = { mu: Float64Array.of(mu), sigma: Float64Array.of(sigma) };
      const { loss, gradient } = model.gradient(params, model.pack([{ y }]));
      const z = (y - mu) / sigma;
      mustAgree("the loss", [loss], [0.5 * z * z + Math.log(sigma * Math.sqrt(2 * Math.PI))], 1e-12);
      mustAgree("the slopes", [gradient.mu![0]!, gradient.sigma![0]!], [-z / sigma, (1 - z * z) / sigma], 1e-11);
    }),
  );
});

test("the loss of a truth value is minus the log of its probability, with its slope", () => {
  const model = compiledProgram("model M {\n  param p : R = 0.5\n  y ~ bernoulli(p)\n}");
  fc.assert(
    fc.property(fc.boolean(), share, (y, p) => {
      const { loss, gradient } = model.gradient({ p: Float64Array.of(p) }, model.pack([{ y: y ? 1 : 0 }]));
      mustAgree("the loss", [loss], [-Math.log(y ? p : 1 - p)], 1e-12);
      mustAgree("the slope", [gradient.p![0]!], [y ? -1 / p : 1 / (1 - p)], 1e-11);
    }),
  );
});

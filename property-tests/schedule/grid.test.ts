import { test } from "node:test";
import { agreesWithMeaning, ready } from "../programs/cases.ts";

/** Grids of which one axis alone can be the loop's: along the other they read both before and after. */
const recurrences = {
  "both neighbours one turn before": "h[i,j] = tanh(a * h[i-1,j-1] + b * h[i+1,j-1] + x[i,j])",
  "both neighbours one turn after": "h[i,j] = tanh(a * h[i-1,j+1] + b * h[i+1,j+1] + x[i,j])",
  "the same turn before, an earlier one after": "h[i,j] = tanh(a * h[i-1,j] + b * h[i+1,j-1] + x[i,j])",
};

for (const [name, recurrence] of Object.entries(recurrences))
  test(`a grid gives its meaning, values and gradient, whichever axis must be the outer loop: ${name}`, () => {
    const source = `model Grid {
  axis i in 1..I
  axis j in 1..J
  input x[i,j] : R
  param a ~ normal(0, 1)
  param b ~ normal(0, 1)
  h[_,j] = 0.2
  h[i,_] = -0.1
  h[_,_] = 0.4
  ${recurrence}
  minimize sum[i](sum[j](h[i,j] * sin(h[i,j] + i)))
}
`;
    for (const seed of [1, 2, 3]) agreesWithMeaning(ready({ source, least: 0, greatest: 4, examples: 3, seed }), 1e-10);
  });

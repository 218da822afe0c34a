import { test } from "node:test";
import { agreesWithMeaning, ready } from "./cases.ts";

/** What random programs found, cut down to what it takes. */
const found: Readonly<Record<string, string>> = {
  "an output is constant along an axis that nothing stands on": `model M {
    axis t in 1..T
    param v : R[2]
    output a[t] : R[2] = tanh(v)
    minimize sum(v * v)
  }`,
  "a step has a recurrence along another axis": `model M {
    axis t in 1..T
    axis i in 1..I
    input x[t], z[i]
    h[t,_] = 0
    h[_,i] = 0.3
    output h[t,i] = tanh(h[t,i-1] + 0.5 * h[t-1,i] + x[t] * z[i])
    y[i] ~ normal(z[i], 0.5 + softplus(z[i]))
    minimize sum[t,i](h[t,i])
  }`,
  "a matrix product reads a diagonal": `model M {
    axis t in 1..T
    axis u in 1..T
    input x[t] : R[2]
    v[t,u] : R[2] = tanh(x[t] + x[u] * x[u])
    output d[t] : R[2] = v[t,t]
    output s[t,u] : R = dot(d[t], d[u])
    minimize sum[t,u](sin(s[t,u]))
  }`,
};

for (const [law, source] of Object.entries(found))
  test(`a program means what it says where ${law}`, () => {
    for (const least of [0, 3]) agreesWithMeaning(ready({ source, least, greatest: 3, examples: 2, seed: 1 }), 1e-10);
  });

import { test } from "node:test";
import { agreesWithMeaning, ready } from "../programs/cases.ts";

const programs: Readonly<Record<string, string>> = {
  "a part of a part begins where both begin": `model M {
    axis t in 1..T
    input x[t] : R[4]
    [a[t]; b[t]] = tanh(x[t])
    [c[t]; d[t]] = b[t]
    output first[t] : R = a[t]
    output middle[t] : R[2] = c[t]
    output last[t] : R = d[t]
    minimize sum[t](sumsq(d[t]) + first[t])
  }`,
  "a part of one of several parts is that part's own": `model M {
    axis t in 1..T
    input x[t] : R[3]
    param w : R[2] ~ normal(0, 1)
    [a[t]; b[t]; c[t]; d[t]] = [x[t]; w]
    output first[t] : R = a[t]
    output second[t] : R[2] = b[t]
    output third[t] : R = c[t]
    output fourth[t] : R = d[t]
    minimize sum[t](second[t]^T second[t] + third[t] * fourth[t]^2)
  }`,
};

for (const [law, source] of Object.entries(programs))
  test(law, () => agreesWithMeaning(ready({ source, least: 1, greatest: 3, examples: 2, seed: 2 }), 1e-12));

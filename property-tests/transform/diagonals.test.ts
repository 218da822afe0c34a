import { test } from "node:test";
import { agreesWithMeaning, ready } from "../programs/cases.ts";
import { secondDerivative, wholeGradient } from "../programs/differences.ts";
import { webAssembly } from "../programs/engines.ts";

/** The gradient of `s[i,i]` reaches nothing beside the diagonal. */
const programs: Readonly<Record<string, string>> = {
  "two axes of one fixed size": `model M(n = 3) {
  axis i in 1..n
  axis j in 1..n
  input x[i] : R
  param a, b : R = 0.7
  s[i,j] = sin(a * x[i] + b * x[j]^2)
  output d[i] = s[i,i]
  minimize sum[i](d[i]^2)
}`,
  "two axes of one length": `model M {
  axis t in 1..T
  axis u in 1..T
  input x[t] : R[2]
  param A : R[2,2] ~ normal(0, 1)
  s[t,u] = tanh(A x[t] + x[u] * x[u])
  output d[t] = s[t,t]
  minimize sum[t](sumsq(d[t])) + sum[u](sum(s[u,u]))
}`,
  "three axes at once": `model M(n = 2) {
  axis i in 1..n
  axis j in 1..n
  axis k in 1..n
  input x[i] : R
  param a, b : R = 0.7
  s[i,j,k] = sin(a * x[i] + b * x[j]^2 - a * b * x[k])
  output d[i] = s[i,i,i]
  minimize sum[i](d[i]^2) + sum[i](sum[j](s[i,j,i] * s[j,j,i]))
}`,
};

for (const [name, source] of Object.entries(programs)) {
  const sizes = { source, least: 0, greatest: 4, examples: 3, seed: 5 };
  test(`a diagonal has the gradient of its meaning, to the second order, on either back end: ${name}`, () => {
    agreesWithMeaning(ready(sizes), 1e-11);
    wholeGradient.holds(sizes);
    secondDerivative.holds(sizes);
    webAssembly.holds(sizes);
  });
}

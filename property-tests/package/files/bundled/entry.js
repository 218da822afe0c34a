// The compiler and a compiled module, as a bundler takes them.
import { compiled } from "../browser/compiler.js";
import * as model from "../browser/model-js.js";
import { bitsAfter } from "../browser/training.js";

const source = `model M(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
  param U : R[n,2]
  param v
  m[t] = v^T tanh(U x[t])
  y[t] : R ~ normal(m[t], 1)
}`;

console.log(JSON.stringify({ ...compiled(source), bits: bitsAfter(model) }));

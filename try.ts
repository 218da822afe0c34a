import { compiledProgram } from "./property-tests/property/programs.ts";
import { print } from "./src/circuit/print.ts";
const m = compiledProgram(`model M {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[2,2] ~ normal(0, 0.5)
  param v : R[2] ~ normal(0, 1)
  h[0] = v
  h[t] : R[2] = W x[t]
  last : R[2] = h[T]
  minimize sum(last * sin(last)) + sum[t](dot(x[t], sin(W v)))
}`, {});
const p: any = m.init(3);
console.log(m.gradient(p, m.pack([{ x: [] }])).gradient);
console.log((await import("./src/circuit/print.ts")) && "");
console.log(print(m.elaborated.circuit));
console.log(print(m.circuits.gradient!));

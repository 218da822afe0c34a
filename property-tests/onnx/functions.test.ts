import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";
import { mustGiveTheSame } from "./agreement.ts";
import { skip } from "./runtime.ts";

const anywhere = "exp log1p expm1 tanh sigmoid relu softplus elu gelu erf sin cos atan abs sign"
  .split(" ")
  .map((name) => `${name}(x[t])`);
const written = [
  ...anywhere,
  "sqrt(abs(x[t]))",
  "log(abs(x[t]) + 0.1)",
  "abs(x[t])^1.5",
  "x[t]^3",
  "x[t] / (1 + abs(x[t]))",
  "min(x[t], 0.5)",
  "max(x[t], -0.5)",
  "clip(x[t], -1, 1)",
  "logaddexp(x[t], 0.3)",
  "if x[t] <= 0.2 then x[t] else -x[t]",
  "if mod(t, 3) == 1 then x[t] else 0",
  "softmax[t](x[t])",
  "x[t] - logsumexp[t](x[t])",
  "x[t] - mean[t](x[t])",
  "x[t] - max[t](x[t])",
];

for (const precision of ["f32", "f64"] as const) {
  const told = written.filter((text) => precision === "f32" || !/atan|erf|gelu/.test(text));
  const tolerance = precision === "f32" ? 1e-6 : 1e-12;
  test(`every function is what ONNX Runtime makes of it, to ${tolerance} (${precision})`, { skip }, async () => {
    const source = `model M {
  axis t in 1..T
  input x[t] : R
${told.map((text, i) => `  output y${i}[t] = ${text}`).join("\n")}
}`;
    const model = compiledProgram(source, { precision, target: "js" });
    const steps = [-1e-9, 1e-9, 1e-4, -1e-3, ...Array.from({ length: 41 }, (_, i) => (i - 20) / 2.5)];
    await mustGiveTheSame(model, {}, [{ x: steps }, { x: [0.25] }], tolerance);
  });
}

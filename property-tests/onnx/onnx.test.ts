import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import type { Example, Nested } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { type Matrix, type OnnxCase, onnxCases, skip } from "./python.ts";

/** ONNX's cells as they stand in its specification, with its gates' order and peepholes. */
const cells: { readonly [O in OnnxCase["op"]]: { readonly gates: string; readonly equations: string } } = {
  RNN: { gates: "g", equations: "h[t] : R[n] = tanh(Wg x[t] + Rg h[t-1] + bg + dg)" },
  LSTM: {
    gates: "iofc",
    equations: `c[0] = c0
  i[t] = sigmoid(Wi x[t] + Ri h[t-1] + pi * c[t-1] + bi + di)
  f[t] = sigmoid(Wf x[t] + Rf h[t-1] + pf * c[t-1] + bf + df)
  c[t] : R[n] = f[t] * c[t-1] + i[t] * tanh(Wc x[t] + Rc h[t-1] + bc + dc)
  o[t] = sigmoid(Wo x[t] + Ro h[t-1] + po * c[t] + bo + do)
  h[t] = o[t] * tanh(c[t])`,
  },
  GRU: {
    gates: "zrh",
    equations: `z[t] = sigmoid(Wz x[t] + Rz h[t-1] + bz + dz)
  r[t] = sigmoid(Wr x[t] + Rr h[t-1] + br + dr)
  g[t] = tanh(Wh x[t] + Rh (r[t] * h[t-1]) + bh + dh)
  h[t] : R[n] = (1 - z[t]) * g[t] + z[t] * h[t-1]`,
  },
};
const peepholes = "iof";

const sourceOf = (op: OnnxCase["op"]): string => {
  const { gates, equations } = cells[op];
  const letters = [...gates];
  return `model M(n, k) {
  axis t in 1..T
  input x[t] : R[k]
  input h0 : R[n]
  ${op === "LSTM" ? "input c0 : R[n]" : ""}
  param ${letters.map((gate) => `W${gate}`).join(", ")} : R[n,k]
  param ${letters.map((gate) => `R${gate}`).join(", ")} : R[n,n]
  param ${letters.flatMap((gate) => [`b${gate}`, `d${gate}`]).join(", ")} : R[n]
  ${op === "LSTM" ? `param ${[...peepholes].map((gate) => `p${gate}`).join(", ")} : R[n]` : ""}
  h[0] = h0
  ${equations}
  output last = h[T]
}`;
};

const check = ({ op, attributes, inputs, outputs }: OnnxCase): void => {
  const n = attributes.hidden_size;
  const isByExample = attributes.layout === 1;
  const X = inputs.X!;
  const k = X[0]![0]!.length;
  const count = isByExample ? X.length : X[0]!.length;
  const model = compiledProgram(sourceOf(op), { statics: { n, k } });
  const { gates } = cells[op];
  const rows = (name: string, at: number): Float64Array =>
    Float64Array.from(
      (inputs[name]?.[0] as Matrix | undefined)?.slice(at * n, (at + 1) * n).flat() ?? new Array(n).fill(0),
    );
  const flat = (name: string, at: number): Float64Array =>
    Float64Array.from(
      (inputs[name] as unknown as Matrix | undefined)?.[0]?.slice(at * n, (at + 1) * n) ?? new Array(n).fill(0),
    );
  const params = Object.fromEntries([
    ...[...gates].flatMap((gate, i) => [
      [`W${gate}`, rows("W", i)],
      [`R${gate}`, rows("R", i)],
      [`b${gate}`, flat("B", i)],
      [`d${gate}`, flat("B", gates.length + i)],
    ]),
    ...(op === "LSTM" ? [...peepholes].map((gate, i) => [`p${gate}`, flat("P", i)]) : []),
  ]);
  const zeros: Nested = new Array(n).fill(0);
  const state = (name: string, example: number): Nested => inputs[name]?.[0]?.[example] ?? zeros;
  const examples = Array.from(
    { length: count },
    (_, example): Example => ({
      x: isByExample ? X[example]! : X.map((position) => position[example]!),
      h0: state("initial_h", example),
      ...(op === "LSTM" ? { c0: state("initial_c", example) } : {}),
    }),
  );
  const { last } = model.forward(params, model.pack(examples));
  mustAgree("Y_h", last!.data, outputs.Y_h.flat(2), 1e-5);
};

if (skip !== false) test("ONNX's cases", { skip }, () => {});
else for (const each of onnxCases()) test(`ONNX's ${each.name} is met`, () => check(each));

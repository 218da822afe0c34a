import assert from "node:assert/strict";
import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import { compiled, outputsOf, paramsOf, refusal, sequence } from "../std/compiled.ts";

const head = `import LSTM, RNN, Stack, MGU from "std"
cell Pair(n)(x[t]) -> b[t] {
  a[t] = RNN(n)(x[t])
  b[t] = RNN(n)(a[t])
  minimize 0.25 * sumsq(a.W) + 0 * sum[t](sum(a[t]))
}
`;

const model = (...lines: ReadonlyArray<string>): string => {
  const used = lines.join("\n");
  const names = ["LSTM", "RNN", "MGU"].filter((name) => new RegExp(`\\b${name}\\b|\\bPair\\b.*`).test(used));
  const own = used.includes("Pair(") ? head.slice(head.indexOf("cell")) : "";
  return `import ${[...new Set([...names, ...(own === "" ? [] : ["RNN"])])].join(", ")} from "std"
${own}model M(n = 3) {
  axis t in 1..T
  input x[t] : R[3]
${lines.map((line) => `  ${line}\n`).join("")}}
`;
};

const squares = (values: ArrayLike<number>): number => Array.from(values, (w) => w * w).reduce((a, b) => a + b, 0);
const x = sequence(1, 4, 3);

/** What reads a parameter, and the path of the parameter whose squares the loss then has. */
const readings: Readonly<Record<string, readonly [path: string, factor: number, ...lines: ReadonlyArray<string>]>> = {
  "of a cell that is applied in place": ["h.Wf", 1, "output h[t] = LSTM(n)(x[t])", "minimize sumsq(h.Wf)"],
  "before the cell is applied": ["h.Wf", 1, "minimize sumsq(h.Wf)", "output h[t] = LSTM(n)(x[t])"],
  "of a named instance that is applied twice": [
    "enc.U",
    2,
    "let enc = RNN(n)",
    "output h[t] = enc(enc(x[t]))",
    "minimize 2 * sumsq(enc.U)",
  ],
  "of a cell within a cell": ["h.b.U", 1, "output h[t] = Pair(n)(x[t])", "minimize sumsq(h.b.U) - 0.25 * sumsq(h.a.W)"],
  "of the second cell in one equation": [
    "h.2.W",
    1,
    "output h[t] = RNN(n)(x[t]) + RNN(n)(x[t])",
    "minimize sumsq(h[2].W)",
  ],
  "of a family": [
    "z.2.Wf",
    1,
    "z[0,t] = x[t]",
    "for l in 1..2 { z[l,t] = MGU(n)(z[l-1,t]) }",
    "output h[t] = z[2,t]",
    "minimize sumsq(z[1+1].Wf)",
  ],
  "of the instances of a family, by its letter": [
    "one.1.W",
    1,
    "z[0,t] = x[t]",
    "for l in 1..1 {",
    "  let one = RNN(n)",
    "  z[l,t] = one(z[l-1,t])",
    "  minimize sumsq(one[l].W)",
    "}",
    "output h[t] = z[1,t]",
  ],
  "a row of it": ["h.W", 1, "axis a in 1..n", "output h[t] = RNN(n)(x[t])", "minimize sum[a](sumsq(h.W[a]))"],
};

for (const [law, [path, factor, ...lines]] of Object.entries(readings))
  test(`a parameter is read by its path: ${law}`, () => {
    for (const target of ["js", "wasm"] as const) {
      const made = compiled(model(...lines), { target });
      const params = paramsOf(made.model, 5);
      const { loss, gradient } = made.gradient(params, made.pack([{ x }]));
      mustAgree("the loss", [loss], [factor * squares(params[path]!)], 1e-12);
      for (const [each, slope] of Object.entries(gradient))
        mustAgree(
          `the gradient by ${each}`,
          slope,
          Array.from(params[each]!, (w) => (each === path ? 2 * factor * w : 0)),
          1e-12,
        );
    }
  });

test("a parameter over an axis is read at its positions", () => {
  const source = (...lines: ReadonlyArray<string>): string => `cell Mixed(K)(x[t]) -> h[t] {
  axis k in 1..K
  param mu[k] : R[3] ~ normal(0, 1)
  h[t] = sum[k](mu[k] * x[t] * k)
}
model M {
  axis t in 1..T
  axis j in 1..2
  input x[t] : R[3]
  input w[t] : symbol[3]
  output h[t] = Mixed(2)(x[t])
${lines.map((line) => `  ${line}\n`).join("")}}
`;
  const made = compiled(source("minimize sum[j](j * sumsq(h.mu[j])) + h.mu[2][3] + h.mu[1,2] + sum[t](h.mu[1][w[t]])"));
  const params = paramsOf(made.model, 6);
  const mu = [...params["h.mu"]!];
  const example = { x: sequence(1, 2, 3), w: [0, 2] };
  const expected = squares(mu.slice(0, 3)) + 2 * squares(mu.slice(3)) + mu[5]! + mu[1]! + mu[0]! + mu[2]!;
  mustAgree("the loss", [made.loss(params, made.pack([example]))], [expected], 1e-12);
  assert.ok(refusal(source("minimize sumsq(h.mu)")).some(({ code }) => code === "RNN111"));
});

test("what is read changes nothing of what the cell computes, and stands for the parameter in a product too", () => {
  const made = compiled(model("output h[t] = RNN(n)(x[t])", "output y[t] = h.U x[t] + h.b"));
  const params = paramsOf(made.model, 5);
  const { h, y } = outputsOf(made, params, { x });
  mustAgree("h", h!, outputsOf(compiled(model("output h[t] = RNN(n)(x[t])")), params, { x }).h!, 1e-14);
  const expected = x.flatMap((each) =>
    [0, 1, 2].map(
      (i) => params["h.b"]![i]! + each.reduce((sum, value, j) => sum + params["h.U"]![3 * i + j]! * value, 0),
    ),
  );
  mustAgree("y", y!, expected, 1e-12);
});

test("a path that is no parameter is an error that names the nearest", () => {
  const said = (...lines: ReadonlyArray<string>): string =>
    refusal(model(...lines))
      .map(({ code, message, hint = "" }) => `${code} ${message} ${hint}`)
      .join("\n");
  assert.match(said("output h[t] = LSTM(n)(x[t])", "minimize sumsq(h.Wg)"), /^RNN101 .*`h\.Wg`.*`h\.W[fio]`/);
  assert.match(
    said("z[0,t] = x[t]", "for l in 1..2 { z[l,t] = MGU(n)(z[l-1,t]) }", "output z", "minimize sumsq(z[3].Wf)"),
    /^RNN101 .*`z\[3\]\.Wf`.*`z\[[12]\]\.Wf`/,
  );
  assert.match(said("output h[t] = LSTM(n)(x[t])", "minimize sumsq(h.c)"), /^RNN101/);
  assert.match(said("output h[t] = LSTM(n)(x[t])", "minimize sumsq(h[t].Wf)"), /^RNN108/);
  assert.match(said("output h[t] = LSTM(n)(x[t])", "minimize sumsq((x[t]).Wf)"), /^RNN/);
  assert.match(said("output h[t] = LSTM(n)(x[t])", "h.Wf = 0"), /^RNN001 .*defined by its cell/s);
  assert.match(said("output h[t] = LSTM(n)(x[t])", "minimize sumsq(h .Wf)"), /^RNN001/);
  assert.match(said("output h[t] = LSTM(n)(x[t])", "minimize sumsq(h. Wf)"), /^RNN001/);
});

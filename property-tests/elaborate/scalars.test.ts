import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledOf } from "./differences.ts";
import { diagnosticsOf, placeOf } from "./programs.ts";

const memory = (statements: string): string => `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param Wq, Wk, Wv, wi, wf
  m[0] = 0
  C[0] = 0
  d[0] = 0
  q[t] = Wq x[t]
  k[t] = Wk x[t]
  v[t] = Wv x[t]
  ${statements}
  m[t] = max(f[t] + m[t-1], i[t])
  take[t] = exp(i[t] - m[t])
  keep[t] = exp(f[t] + m[t-1] - m[t])
  C[t] : R[n,n] = keep[t] * C[t-1] + take[t] * outer(v[t], k[t])
`;
const products = "i[t] = wi^T x[t]\n  f[t] = wf^T x[t]";
const beside = `  d[t] : R[n] = keep[t] * d[t-1] + take[t] * k[t]
  output h[t] : R[n] = C[t] q[t] / max(abs(d[t]^T q[t]), 1)
}`;
const alone = "  output h[t] : R[n] = C[t] q[t]\n}";

const shapeOf = (source: string, path: string): ReadonlyArray<number> | undefined =>
  compiledOf(source).model.params.find((parameter) => parameter.path === path)?.shape;

test("what stands beside a matrix and a vector is a number", () => {
  assert.deepEqual(shapeOf(memory(products) + beside, "wi"), [4]);
});

test("an inner product beside a matrix is a number", () => {
  assert.deepEqual(shapeOf(memory(products).replace("d[0] = 0", "") + alone, "wf"), [4]);
});

test("a product that is a vector beside a matrix is blamed where they meet", () => {
  const source = memory("i[t] = wi x[t]\n  f[t] = wf^T x[t]").replace("d[0] = 0", "") + alone;
  const [first] = diagnosticsOf(source);
  assert.equal(first?.code, "RNN130");
  assert.ok(["keep[t] * C[t-1]", "take[t] * outer(v[t], k[t])"].includes(placeOf(source, first!)));
});

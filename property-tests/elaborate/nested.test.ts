import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { agreesWithMeaning, ready } from "../programs/cases.ts";

/** Scans in scans: the inner one's boundary, or what it reads, is the outer state. */
const nests: Readonly<Record<string, string>> = {
  "the inner scan starts from the outer state": `model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t] : R
    param a : R = 0.5
    h[0] = 0
    z[t,0] = h[t-1]
    z[t,u] = tanh(a * z[t,u-1])
    output h[t] : R = z[t,K] + x[t]
    minimize sum[t](h[t]^2)
  }`,
  "the inner axis is as long as the data say, and the state is a vector": `model M {
    axis t in 1..T
    axis u in 1..U
    input x[t] : R[2]
    input w[u] : R
    param A, h0
    h[0] = h0
    z[t,0] = h[t-1]
    z[t,u] : R[2] = tanh(A z[t,u-1] + w[u])
    output h[t] = z[t,U] + x[t]
    minimize sum[t](sumsq(h[t]))
  }`,
  "the inner scan runs from the end and reads the outer state too": `model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t] : R[2]
    param A, B, h0
    h[0] = h0
    z[t,K+1] = h[t-1]
    z[t,u] : R[2] = tanh(A z[t,u+1] + B h[t-1])
    output h[t] = z[t,1] + x[t]
    minimize sum[t](sumsq(h[t]))
  }`,
  "both scans run from the end": `model M(K = 2) {
    axis t in 1..T
    axis u in 1..K
    input x[t], y[u] : R
    param a : R = 0.7
    h[T+1] = 0.1
    z[t,K+1] = h[t+1]
    z[t,u] = tanh(a * z[t,u+1] + y[u])
    output h[t] : R = z[t,1] * x[t]
    minimize sum[t](h[t]^2)
  }`,
  "the inner scan looks back two positions": `model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t] : R
    param a, b : R = 0.5
    h[_] = 0.2
    z[t,0] = h[t-1]
    z[t,-1] = 0.5 * h[t-2]
    z[t,u] = tanh(a * z[t,u-1] + b * z[t,u-2])
    output h[t] : R = z[t,K] + x[t]
    minimize sum[t](h[t]^2)
  }`,
  "there are three scans in one another": `model M(K = 2, L = 2) {
    axis t in 1..T
    axis u in 1..K
    axis l in 1..L
    input x[t] : R
    param a, b : R = 0.5
    h[0] = 0.3
    z[t,0] = h[t-1]
    y[t,u,0] = z[t,u-1]
    y[t,u,l] = tanh(a * y[t,u,l-1] + x[t])
    z[t,u] = b * y[t,u,L]
    output h[t] : R = z[t,K] + x[t]
    minimize sum[t](h[t]^2)
  }`,
  "the outer state is the sum over the inner scan": `model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t] : R
    param a : R = 0.5
    h[0] = 0.3
    z[t,0] = h[t-1]
    z[t,u] = tanh(a * z[t,u-1] + x[t])
    output h[t] : R = mean[u](z[t,u])
    minimize sum[t](h[t]^2)
  }`,
  "the inner scan starts from the outer state of the same position, and looks back along both axes": `model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t] : R
    param a : R = 0.5
    z[0,_] = 0.1
    z[t,0] = h[t]
    z[t,u] = tanh(a * z[t-1,u-1])
    output h[t] : R = z[t,K] + x[t]
    minimize sum[t](h[t]^2)
  }`,
  "the same with the axes in the other order, three positions back": `model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t] : R
    param a : R = 0.5
    z[_,_] = 0.1
    z[0,t] = h[t]
    z[u,t] = tanh(a * z[u-1,t-3]) + 0.1 * z[0,t-1]
    output h[t] : R = z[K,t] + x[t]
    minimize sum[t](h[t]^2)
  }`,
  "a cell runs within each position": `cell Settle(x, s[u]) -> z[u] {
    param a : R = 0.8
    z[0] = x
    z[u] = tanh(a * z[u-1] + s[u])
  }
  model M(K = 3) {
    axis t in 1..T
    axis u in 1..K
    input x[t], w[u] : R
    h[0] = 0
    z[t,u] = Settle(h[t-1], w[u])
    output h[t] : R = z[t,K] + x[t]
    minimize sum[t](h[t]^2)
  }`,
};

for (const [law, source] of Object.entries(nests)) {
  test(`a scan in a scan means what it says where ${law}, in JavaScript and WebAssembly`, () => {
    for (const target of targetNames)
      for (const least of [0, 1, 3])
        agreesWithMeaning(
          ready({ source, least, greatest: 3, examples: 2, seed: 1 }, { precision: "f64", target }),
          1e-10,
        );
  });
}

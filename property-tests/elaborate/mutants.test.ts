import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { elaborate } from "../../src/elaborate/elaborate.ts";
import { circuitsOf } from "../../src/module/circuits.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { noOtherFiles, withStandardLibrary } from "../../src/std/load.ts";
import { parse } from "../../src/syntax/parse.ts";
import type { Program } from "../../src/syntax/tree.ts";
import { realPrograms } from "../diagnostics/sources.ts";
import { often } from "../often.ts";
import { mutate, mutationKinds } from "./mutate.ts";

const ragged = `import GRU from "std"
model Ragged(n = 3) {
  axis s in 1..S
  axis w in 1..W[s]
  axis r in 1..S
  input x[s,w] : R[2]
  noise m[s,w] : bernoulli(0.5)
  param z : R[n]
  h[s,w] = GRU(n)(x[s,w]) with h[0] = z
  g[s] = GRU(n)(h[s,W] + mean[w](m[s,w] * h[s,w]))
  k[s,w] = k[s-1,w] + h[s,w] + k[s,w-1]
  k[0,w] = 0
  k[s,0] = 0
  output o = g[S] + h[1,1] + max[s,w](k[s,w])
  output b[s,r] = softmax[r](dot(g[s], g[r])) * W
  y[s,w] ~ bernoulli(sigmoid(sum(k[s,w])))
  minimize sumsq(o) + sum[s,w](w * s)
}`;

const grid = `model Grid(n = 2) {
  axis i in 1..I
  axis j in 1..J
  input x[i,j] : R[n]
  param U, W
  h[0,0] = 1
  h[0,j] = 0
  h[i,0] = 1
  h[i,j] : R[n] = tanh(U h[i-1,j] + W h[i,j-1] + x[i,j] + h[i-1,j-1])
  output p = h[I,J]
  d : symbol[2] ~ categorical(softmax(p))
}`;

const load = withStandardLibrary(noOtherFiles);

const programs: ReadonlyArray<Program> = [...realPrograms, ragged, grid].map((source) => {
  const program = parse(source, "model.rnn");
  assert.ok(E.isRight(program), source);
  return program.right;
});

const mutation = fc.record({ kind: fc.constantFrom(...mutationKinds), place: fc.nat(), other: fc.nat() });

test("a real program whose tree was changed is refused with a message, or goes all the way to loops", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...programs),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (program, mutations) => {
        const model = elaborate({ statics: {}, load })(mutations.reduce(mutate, program));
        if (E.isLeft(model)) return;
        assert.deepEqual(brokenInvariants(model.right.circuit), []);
        for (const circuit of Object.values(circuitsOf(model.right, { loss: "mean", wrt: [] }))) schedule(circuit);
      },
    ),
    { numRuns: often(150) },
  );
});

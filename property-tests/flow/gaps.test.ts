import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { flowOf } from "../../src/flow/flow.ts";
import { subjectsOf } from "../../src/flow/subjects.ts";
import { withGaps } from "../../src/flow/with-gaps.ts";
import { fileWith, rnnc, trained } from "../cli/run-rnnc.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

const source = (weighed: boolean) => `model N(n = 2) {
  axis t in 1..T
  input x[t] : R${weighed ? "\n  input m[t], k[t] : R" : ""}
  param W, V : R[n,n] ~ normal(0, 1)
  param u : R[n] ~ normal(0, 1)
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + u * x[t])
  y[t] ~ normal(sum(h[t]), 1)${weighed ? " weight m[t]" : ""}
  z[t] : symbol[n] ~ categorical(softmax(V h[t]))${weighed ? " weight k[t]" : ""}
}
`;
const [plain, weighed] = [compiledProgram(source(false)), compiledProgram(source(true))];

test("what flows where values of targets are missing is what flows where their weights are 0", () => {
  const place = fc.record({
    x: fc.double({ min: -1, max: 1, noNaN: true }),
    y: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
    z: fc.option(fc.nat(1)),
  });
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 4 }), fc.nat(99), (places, seed) => {
      const params = plain.init(seed);
      const example = { x: places.map(({ x }) => x), y: places.map(({ y }) => y), z: places.map(({ z }) => z) };
      const flags = {
        y: places.map(({ y }) => y ?? 7),
        z: places.map(({ z }) => z ?? 0),
        m: places.map(({ y }) => (y === null ? 0 : 1)),
        k: places.map(({ z }) => (z === null ? 0 : 1)),
      };
      const followed = withGaps(plain.elaborated, example as never);
      const [found, expected] = [
        followed,
        { model: weighed.elaborated, example: { ...example, ...flags } as never },
      ].map(({ model, example }) => {
        const subjects = subjectsOf(model, undefined);
        assert.ok(E.isRight(subjects));
        return flowOf(model, subjects.right)(params, example);
      });
      const numbers = (flow: unknown): ReadonlyArray<number> =>
        typeof flow === "number"
          ? [flow]
          : flow === null || typeof flow !== "object"
            ? []
            : Object.values(flow).flatMap(numbers);
      const [one, other] = [found!.states, expected!.states].map(numbers);
      assert.equal(one!.length, other!.length);
      one!.forEach((value, i) => {
        assert.ok(Math.abs(value - other![i]!) < 1e-9 * (1 + Math.abs(value)), `${i}: ${value}, not ${other![i]}`);
      });
    }),
    { numRuns: often(40, 10) },
  );
});

test("a run whose data have gaps in a target is plotted and followed", async () => {
  const program = fileWith("gaps.rnn", source(false));
  const record = JSON.stringify({ x: [0.5, 1, -1], y: [1, null, 0], z: [null, 1, 0] });
  const run = await trained(program, "--data", fileWith("gaps.jsonl", `${record}\n`.repeat(12)), "--steps", "2");
  for (const words of [
    ["show", run, "--plot", "h"],
    ["flow", run],
  ]) {
    const { code, out, err } = await rnnc(...words);
    assert.equal(code, 0, err);
    assert.match(out, /h/);
  }
});

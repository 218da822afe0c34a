import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newBuilder } from "../../src/circuit/build.ts";
import type { NodeId, Output } from "../../src/circuit/circuit.ts";
import { unnormalisedDraws } from "../../src/transform/unnormalised-draws.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";

const source = `model Chain {
  axis t in 1..T
  param W, V
  y[0] = 0
  z[0] = 0
  y[t] : symbol[5] ~ categorical(softmax(W [onehot(y[t-1]); onehot(z[t-1])]))
  z[t] : symbol[4] ~ categorical(softmax(V onehot(z[t-1])))
}
`;
const drawn = compiledProgram(source);
const normalised = compiledProgram(source, { without: ["unnormalised-draws"] });

test("what is drawn by the logarithms before a softmax is what is drawn by its probabilities", () => {
  // So coarse that what differs also differs once normalised: rounding makes equals of neighbours.
  const number = fc.integer({ min: -640, max: 640 }).map((steps) => steps / 32);
  const options = fc.record({
    seed: fc.nat(),
    size: fc.integer({ min: 1, max: 3 }),
    temperature: fc.double({ min: 0.1, max: 3, noNaN: true }),
    choose: fc.constantFrom<"draw" | "mode">("draw", "mode"),
    length: fc.constant(20),
  });
  const numbers = (count: number) => fc.array(number, { minLength: count, maxLength: count });
  fc.assert(
    fc.property(numbers(45), numbers(16), options, (W, V, chosen) => {
      const params = { W: Float64Array.from(W), V: Float64Array.from(V) };
      assert.deepEqual(drawn.generate(params, chosen), normalised.generate(params, chosen));
    }),
    runs(50),
  );
});

test("to draw by a softmax no exponential is computed; a loss and an output have theirs", () => {
  const exponentials = (circuit: typeof drawn.circuits.step): number =>
    circuit!.nodes.filter(({ op }) => op.tag === "map" && op.fn === "exp").length;
  assert.equal(exponentials(drawn.circuits.step), 0);
  assert.equal(exponentials(normalised.circuits.step), 2);
  assert.equal(exponentials(drawn.circuits.loss), 2);
  const shown = compiledProgram(source.replace("}\n", "  output p[t] = softmax(V onehot(z[t-1]))\n}\n"));
  assert.equal(exponentials(shown.circuits.step), 1);
});

test("what all symbols share is left out of sums and differences, not what it is taken from", () => {
  const b = newBuilder();
  const [logs, shared] = [b.parameter("logs", [3]), b.input("shared", [])];
  const drawnBy = (node: NodeId) => {
    const output: Output = { role: "distribution", name: "y.logs", node, axes: b.node(logs).axes };
    const { nodes, outputs } = unnormalisedDraws(["y.logs"]).run(b.finish([output]));
    return nodes[outputs[0]!.node]!.op;
  };
  const varying = b.node(logs).op;
  assert.deepEqual(drawnBy(b.map("sub", b.map("add", shared, logs), shared)), varying);
  for (const fn of ["sub", "mul"] as const) assert.deepEqual(drawnBy(b.map(fn, shared, logs)), { tag: "map", fn });
});

test("a logarithm that is infinite or none is refused, whether or not it is that of a probability", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
    for (const choose of ["draw", "mode"] as const) {
      const params = { W: new Float64Array(45), V: new Float64Array(16).fill(value, 8, 9) };
      for (const model of [drawn, normalised])
        assert.throws(() => model.generate(params, { length: 1, choose }), {
          name: "RnncError",
          message: /not a number/,
        });
    }
  const never = { W: new Float64Array(45), V: new Float64Array(16).fill(Number.NEGATIVE_INFINITY, 4, 8) };
  for (const model of [drawn, normalised])
    assert.ok(!model.generate(never, { length: 50 }).values.z![0]!.toString().includes("1"));
});

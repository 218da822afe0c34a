import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featureAxis, timeAxis } from "../../src/circuit/axis.ts";
import { newBuilder } from "../../src/circuit/build.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { projectTables } from "../../src/transform/project-tables.ts";
import { close } from "../circuit/compare.ts";
import { byEverything } from "./gradients.ts";

const t = timeAxis("t", 0, { tag: "length", name: "T", over: [] });

/** The sum of the squares of U E[w[t]], with 3 symbols. */
const embedded = () => {
  const b = newBuilder();
  const rows = featureAxis(0, 3);
  const columns = featureAxis(1, 2);
  const row = b.sum([rows], b.map("mul", b.parameter("E", [3, 2]), b.onehot(rows, b.input("w", [t]))));
  const projected = b.sum([columns], b.map("mul", b.parameter("U", [4, 2]), row));
  const loss = b.sum([t, featureAxis(0, 4)], b.map("mul", projected, projected));
  return b.finish([{ role: "loss", name: "loss", node: loss, axes: [] }]);
};

const reals = (length: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });

test("projecting a table before it is looked up changes neither values nor gradients", () => {
  const after = projectTables(10).run(embedded());
  assert.deepEqual(brokenInvariants(after), []);
  assert.notDeepEqual(after, embedded());
  fc.assert(
    fc.property(reals(6), reals(8), fc.array(fc.nat(2), { maxLength: 4 }), (E, U, w) => {
      const environment = { parameters: { E, U }, inputs: { w }, lengths: { T: w.length } };
      const gradients = (circuit: ReturnType<typeof embedded>) => {
        const derivative = byEverything(circuit);
        const tensors = evaluate(derivative, environment);
        return derivative.outputs
          .map(({ name }, i) => ({ name, data: [...tensors[i]!.data] }))
          .sort((one, other) => (one.name < other.name ? -1 : 1));
      };
      gradients(after).forEach(({ data }, i) => {
        close(data, gradients(embedded())[i]!.data, 1e-12);
      });
    }),
  );
});

test("a table of more symbols than the limit is left alone", () => {
  const sizes = [projectTables(2).run(embedded()), embedded()].map(({ nodes }) => nodes.length);
  assert.equal(sizes[0], sizes[1]);
});

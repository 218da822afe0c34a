import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit, NodeId } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { dropDeadNodes } from "../../src/transform/dead-nodes.ts";
import { fewComponents, joinProducts } from "../../src/transform/joined/join-products.ts";
import { close } from "../circuit/compare.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { withCell } from "../schedule/cells.ts";
import { dataFor, settings } from "../schedule/data.ts";

/** The gradient of a cell before products are joined, and after. */
const circuitsOf = (cell: string, n: number): readonly [Circuit, Circuit] => {
  const apart = compiledProgram(withCell(cell, n), { without: ["joined-products"] }).circuits.gradient!;
  return [apart, dropDeadNodes.run(joinProducts(fewComponents).run(apart))];
};

/** The sums of products of two values, each of which has components of its own. */
const contractions = ({ nodes }: Circuit): ReadonlyArray<NodeId> =>
  nodes.flatMap(({ op, inputs, axes }, id) => {
    const operand = nodes[inputs[0] ?? -1];
    if (op.tag !== "reduce" || operand?.op.tag !== "map" || operand.op.fn !== "mul") return [];
    const isOuter = operand.inputs.every((factor) => nodes[factor]!.axes.length < operand.axes.length);
    return isOuter && axes.some((axis) => axis.tag === "feature") ? [id] : [];
  });

const wanted = [
  // Of x, of h, back to h, and the gradients of the weights of both: for all gates at once.
  { cell: "LSTM", apart: 4 * 5, joined: 5 },
  // The candidate reads the state behind the reset gate: it stays by itself, but for what is multiplied with x.
  { cell: "GRU", apart: 3 * 5, joined: 8 },
];

for (const { cell, apart, joined } of wanted) {
  test(`the products of a recurrent cell that share a factor become one: ${cell}`, () => {
    const [before, after] = circuitsOf(cell, 3);
    assert.deepEqual(brokenInvariants(after), []);
    const counts = [before, after].map((circuit) => contractions(circuit).length);
    assert.deepEqual(counts, [apart, joined]);
  });

  test(`joining products changes neither values nor gradients: ${cell}`, () => {
    fc.assert(
      fc.property(settings, ({ n, batch, greatest, seed }) => {
        const [before, after] = circuitsOf(cell, n);
        const { reference } = dataFor(before, batch, greatest, seed);
        const [expected, found] = [before, after].map((circuit) => evaluate(circuit, reference));
        expected!.forEach(({ data }, i) => {
          close([...found![i]!.data], [...data], 1e-10);
        });
      }),
      runs(10),
    );
  });

  test(`products of many components are left apart: ${cell}`, () => {
    const [before, after] = circuitsOf(cell, 32);
    assert.equal(after.nodes.length, dropDeadNodes.run(before).nodes.length);
  });
}

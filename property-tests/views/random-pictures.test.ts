import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { circuitDiagram } from "../../src/views/circuit-diagram.ts";
import { graphicalDiagram } from "../../src/views/graphical-model.ts";
import { programs } from "../programs/arbitrary.ts";
import { drawn, lengthsOf, modelOf, unfolded } from "./models.ts";

test("Graphviz draws every picture of a random program, node for node and edge for edge, and finds ways for all edges", () => {
  fc.assert(
    fc.property(programs({ smooth: false }), ({ source }) => {
      const model = modelOf(source);
      const diagrams = [
        circuitDiagram(model),
        unfolded(model, 2),
        unfolded(model, 1, { inUnits: true }),
        graphicalDiagram(model, { lengths: lengthsOf(model, 2), states: true }),
      ];
      for (const diagram of diagrams) {
        const { nodes, edges } = drawn(diagram);
        assert.deepEqual([...nodes].sort(), diagram.nodes.map(({ key }) => key).sort());
        assert.equal(edges, diagram.edges.length);
      }
    }),
    { numRuns: 10 },
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { adjointDiagram } from "../../src/views/adjoint-diagram.ts";
import type { Diagram } from "../../src/views/diagram/diagram.ts";
import { adjointProgram } from "../../src/views/program-text.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { drawn, exampleModel, exampleNames, reachedFrom, reads, titles } from "./models.ts";

const pictureOf = (name: string, isFull?: boolean): Diagram | undefined => {
  const model = exampleModel(name);
  if (!model.circuit.outputs.some(({ role }) => role === "loss")) return undefined;
  const { text, unwritable } = adjointProgram(model);
  if (unwritable.length > 0) return undefined;
  const own = new Set(model.circuit.nodes.flatMap((node) => (node.name === undefined ? [] : [node.name])));
  return adjointDiagram(compiledProgram(text, { names: true }).elaborated, own, isFull);
};

test("the adjoint of Elman's network reads the lectures' recurrence: its delay is an advance, its arrows are turned round", () => {
  const diagram = pictureOf("elman.rnn")!;
  assert.deepEqual(titles(diagram, "delay"), ["∂a[t+1]"]);
  assert.deepEqual(reads(diagram, "∂a[t+1]"), ["∂a[t]"]);
  assert.deepEqual(reads(diagram, "∂s[t]"), ["V, W", "∂o[t]", "∂a[t+1]"]);
  assert.deepEqual(reads(diagram, "∂a[t]"), ["s[t]", "∂s[t]"]);
  assert.deepEqual([...titles(diagram, "output")].sort(), ["∂U", "∂V", "∂W", "∂b", "∂c"]);
  assert.match(drawn(diagram).svg, /∂s\[t\]/);
});

test("every circle of an adjoint's circuit passes a black square, and every gradient by a parameter stands in it where asked", () => {
  for (const name of someOf(exampleNames, 0, 5)) {
    const full = pictureOf(name, true);
    if (full === undefined) continue;
    const squares = new Set(full.nodes.filter(({ kind }) => kind === "delay").map(({ key }) => key));
    const cut: Diagram = { ...full, edges: full.edges.filter(({ from }) => !squares.has(from)) };
    for (const { from, to } of cut.edges) assert.ok(!reachedFrom(cut, to).has(from), `${name}: ${from} ${to}`);
    const known = full.nodes.flatMap(({ title, notes = [] }) => [
      title,
      ...notes.map((note) => note.replace("output ", "")),
    ]);
    for (const { path } of exampleModel(name).parameters)
      if (!path.includes("."))
        assert.ok(
          known.some((title) => title.startsWith(`∂${path}`)),
          `${name}: ${path}`,
        );
    const keys = new Set(full.nodes.map(({ key }) => key));
    for (const { from, to } of pictureOf(name)!.edges) assert.ok(keys.has(from) && keys.has(to));
  }
});

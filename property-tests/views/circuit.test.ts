import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { circuitDiagram } from "../../src/views/circuit-diagram.ts";
import type { Diagram } from "../../src/views/diagram/diagram.ts";
import { diagramText } from "../../src/views/diagram-text.ts";
import { diagramDot } from "../../src/views/dot.ts";
import { drawn, exampleModel, exampleNames, modelOf, reachedFrom, reads, titles } from "./models.ts";

for (const name of exampleNames) {
  test(`Graphviz draws every node and edge of the circuit of ${name}`, () => {
    const diagram = circuitDiagram(exampleModel(name));
    const { nodes, edges } = drawn(diagram);
    assert.deepEqual([...nodes].sort(), diagram.nodes.map(({ key }) => key).sort());
    assert.equal(edges, diagram.edges.length);
  });
}

test("every circle of a circuit passes a black square", () => {
  for (const name of exampleNames) {
    const diagram = circuitDiagram(exampleModel(name));
    const squares = new Set(diagram.nodes.filter(({ kind }) => kind === "delay").map(({ key }) => key));
    const cut: Diagram = { ...diagram, edges: diagram.edges.filter(({ from }) => !squares.has(from)) };
    for (const { from, to } of cut.edges) assert.ok(!reachedFrom(cut, to).has(from), `${name}: ${from} ${to}`);
  }
});

const elman = circuitDiagram(exampleModel("elman.rnn"));

test("the circuit of Elman's network is the slide's: one box a line, one black square from s to a", () => {
  assert.deepEqual(titles(elman, "delay"), ["s[t-1]"]);
  assert.deepEqual(reads(elman, "s[t-1]"), ["s[t]"]);
  assert.deepEqual(reads(elman, "a[t]"), ["U, W, b", "x[t]", "s[t-1]"]);
  assert.deepEqual(titles(elman, "state"), ["s[t]"]);
  assert.deepEqual(titles(elman, "output"), ["p[t]"]);
  assert.deepEqual(reads(elman, "y[t]"), ["p[t]"]);
});

const golden = (name: string): string => readFileSync(new URL(`./golden/${name}`, import.meta.url), "utf8");

test("the circuit of Elman's network is written as it was: npx rnnc show examples/elman.rnn writes it anew", () => {
  assert.equal(diagramText(elman), golden("elman.circuit.txt"));
  assert.equal(diagramDot(elman), golden("elman.circuit.dot"));
});

test("the parts of an LSTM keep their names in the picture, in the frame of their cell", () => {
  const source = 'import LSTM from "std"\nmodel M {\naxis t in 1..T\ninput x[t] : R[2]\noutput h[t] = LSTM(3)(x[t])\n}';
  const { nodes, frames } = circuitDiagram(modelOf(source));
  assert.deepEqual(
    frames.map(({ label }) => label),
    ["h"],
  );
  const inside = nodes.filter(({ frame }) => frame === frames[0]!.key && frame !== undefined);
  for (const title of ["keep[t]", "i[t]", "o[t]", "g[t]", "c[t]", "h[t]", "c[t-1]"])
    assert.ok(
      inside.some((node) => node.title.endsWith(title)),
      `${title} of ${inside.map((node) => node.title)}`,
    );
});

test("a boundary that is computed enters its black square, one that is a number stands in the box", () => {
  const diagram = circuitDiagram(exampleModel("attention-seq2seq.rnn"));
  assert.deepEqual(reads(diagram, "s[i-1]"), ["s[i]", "Ws", "h[j]"]);
  assert.deepEqual(diagram.nodes.find(({ title }) => title === "y[i]")?.notes, ["y[0] = 0"]);
});

test("an edge says at which position its source is read, where that is not the reader's", () => {
  const { edges } = circuitDiagram(exampleModel("type-three.rnn"));
  assert.deepEqual(
    edges.flatMap(({ label }) => label ?? []),
    ["h[T]"],
  );
});

test("a value that is the delay of another is a box behind a black square", () => {
  const source =
    "model M {\naxis t in 1..T\ninput x[t] : R[2]\nx[0] = 0\nlast[t] = x[t-1]\noutput z[t] = tanh(last[t])\n}";
  const diagram = circuitDiagram(modelOf(source));
  assert.deepEqual(reads(diagram, "z[t]"), ["last[t]"]);
  assert.deepEqual(reads(diagram, "last[t]"), ["x[t-1]"]);
  assert.deepEqual(reads(diagram, "x[t-1]"), ["x[t]"]);
});

test("whatever stands in a name, it is shown as it is and changes nothing else of the picture", () => {
  const hostile = fc.string({ unit: fc.constantFrom(..."<>&\"'\\{}|[];/-=→ é𝛿]]>N%$", "a", "1"), minLength: 1 });
  fc.assert(
    fc.property(hostile, hostile, (title, other) => {
      const diagram: Diagram = {
        title: other,
        nodes: [
          { key: "n1", kind: "value", title, rest: other, notes: [title], frame: "cell f" },
          { key: "n2", kind: "delay", title: other },
          { key: "n3", kind: "parameter", title: other },
        ],
        edges: [{ from: "n1", to: "n2", kind: "flow", label: title }],
        frames: [{ key: "cell f", label: other }],
      };
      const { svg, nodes, edges } = drawn(diagram);
      assert.deepEqual([...nodes].sort(), ["n1", "n2", "n3"]);
      assert.equal(edges, 1);
      assert.doesNotMatch(svg, /<(?!\/?(?:svg|g|title|text|path|polygon|ellipse|polyline|!DOCTYPE|\?xml|!--))/);
    }),
    { numRuns: 40 },
  );
});

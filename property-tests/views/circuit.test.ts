import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { circuitDiagram, foldedCircuit, isLarge } from "../../src/views/circuit-diagram.ts";
import type { Diagram, DiagramNode } from "../../src/views/diagram/diagram.ts";
import { diagramText } from "../../src/views/diagram-text.ts";
import { diagramDot } from "../../src/views/dot.ts";
import { drawn, exampleModel, exampleNames, laidOut, modelOf, reachedFrom, reads, titles } from "./models.ts";

for (const name of exampleNames) {
  test(`Graphviz draws every node and edge of the circuit of ${name}`, () => {
    const diagram = circuitDiagram(exampleModel(name));
    const { nodes, edges } = drawn(diagram);
    assert.deepEqual([...nodes].sort(), diagram.nodes.map(({ key }) => key).sort());
    assert.equal(edges, diagram.edges.length);
  });
}

test("what leads back into a black square passes beside every box: also in cells of large models that are unfolded", () => {
  for (const name of exampleNames) {
    const diagram = circuitDiagram(exampleModel(name));
    const back = new Set(diagram.edges.flatMap(({ from, to, kind }) => (kind === "feedback" ? [`${to} ${from}`] : [])));
    const { boxes, edges } = laidOut(diagram);
    for (const { ends, points } of edges) {
      if (!back.has(ends.join(" "))) continue;
      for (const { key, x, y, halfWidth, halfHeight } of boxes)
        if (!ends.includes(key))
          for (const [px, py] of points)
            assert.ok(
              Math.abs(px - x) > halfWidth - 2 || Math.abs(py - y) > halfHeight - 2,
              `${name}: ${ends.join(" ")} through ${key}`,
            );
    }
  }
});

test("every circle of a circuit passes a black square", () => {
  for (const name of exampleNames) {
    const diagram = circuitDiagram(exampleModel(name));
    const squares = new Set(diagram.nodes.filter(({ kind }) => kind === "delay").map(({ key }) => key));
    const cut: Diagram = { ...diagram, edges: diagram.edges.filter(({ from }) => !squares.has(from)) };
    for (const { from, to } of cut.edges) assert.ok(!reachedFrom(cut, to).has(from), `${name}: ${from} ${to}`);
  }
});

const elman = circuitDiagram(exampleModel("elman.rnn"));

test("a folded circuit has a box for each cell, what stands outside of cells as it was, and what joins them", () => {
  for (const name of exampleNames) {
    const model = exampleModel(name);
    const [whole, folded] = [circuitDiagram(model), foldedCircuit(model)];
    const cells = whole.frames.filter(({ inside }) => inside === undefined).map(({ key }) => key);
    for (const { key, rest = "" } of folded.nodes)
      if (key.startsWith("cell ") && !key.endsWith(" before"))
        assert.match(rest, /^( =|:) (of |(backward )?\p{L}\w*\()/u, key);
    const keys = folded.nodes.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, name);
    for (const cell of cells) assert.ok(keys.includes(cell), `${name}: ${cell}`);
    const isOutside = ({ frame, kind }: DiagramNode): boolean => frame === undefined && kind !== "parameter";
    assert.deepEqual(
      whole.nodes.filter(isOutside).map(({ key }) => key),
      keys.filter((key) => whole.nodes.some((node) => node.key === key && isOutside(node))),
    );
    const inner = new Map(whole.frames.map(({ key, inside }) => [key, inside]));
    const outermost = (frame: string): string =>
      inner.get(frame) === undefined ? frame : outermost(inner.get(frame)!);
    const box = new Map(
      whole.nodes.map(({ key, frame, kind }) => [
        key,
        frame === undefined ? key : kind === "delay" ? `${outermost(frame)} before` : outermost(frame),
      ]),
    );
    const joined = new Set(folded.edges.map(({ from, to }) => `${from} ${to}`));
    const isWeight = (key: string): boolean => whole.nodes.find((node) => node.key === key)?.kind === "parameter";
    for (const { from, to } of whole.edges)
      if (!isWeight(from) && box.get(from) !== box.get(to))
        assert.ok(joined.has(`${box.get(from)} ${box.get(to)}`), `${name}: ${from} ${to}`);
    drawn(folded);
  }
});

test("every circle of a folded circuit passes a black square", () => {
  for (const name of exampleNames) {
    const folded = foldedCircuit(exampleModel(name));
    const squares = new Set(folded.nodes.filter(({ kind }) => kind === "delay").map(({ key }) => key));
    const cut: Diagram = { ...folded, edges: folded.edges.filter(({ from }) => !squares.has(from)) };
    for (const { from, to } of cut.edges) assert.ok(!reachedFrom(cut, to).has(from), `${name}: ${from} ${to}`);
  }
});

test("a box of a cell reads as its application: the cell, what it is given, and its own state", () => {
  const { nodes } = foldedCircuit(exampleModel("bidirectional.rnn"));
  const boxes = nodes.filter(({ key }) => key.startsWith("cell ") && !key.endsWith(" before"));
  assert.deepEqual(
    boxes.map(({ title, rest }) => title + rest),
    ["f[t] = LSTM(x[t], f[t-1])", "g[t] = backward LSTM(x[t], g[t+1])"],
  );
  assert.deepEqual(
    nodes.filter(({ kind }) => kind === "delay").map(({ title }) => title.split(", ").sort().join(", ")),
    ["f.c[t-1], f[t-1]", "g.c[t+1], g[t+1]"],
  );
});

test("as it is drawn by default every example's circuit is legible on a slide", () => {
  const widest = 1200;
  for (const name of exampleNames) {
    const model = exampleModel(name);
    const whole = circuitDiagram(model);
    const { svg } = drawn(isLarge(whole) ? foldedCircuit(model) : whole);
    const [, width] = /<svg width="(\d+)pt"/.exec(svg)!;
    assert.ok(Number(width) <= widest, `${name}: ${width} pt`);
  }
});

test("an edge tells the shape of what goes along it", () => {
  const { edges } = circuitDiagram(exampleModel("elman.rnn"), { shapes: true });
  assert.deepEqual(
    edges.filter(({ kind }) => kind === "flow").map(({ label }) => label),
    ["R[4]", "R[32]", "R[32]", "R[3]"],
  );
});

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

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unfold } from "../../src/circuit/unfold.ts";
import { circuitDiagram } from "../../src/views/circuit-diagram.ts";
import { diagramText } from "../../src/views/diagram-text.ts";
import { diagramDot } from "../../src/views/dot.ts";
import { groupBy } from "../../src/views/group-by.ts";
import { someOf } from "../often.ts";
import {
  drawn,
  edgeNames,
  exampleModel,
  exampleNames,
  lengthsOf,
  modelOf,
  reachedFrom,
  reads,
  titles,
  unfolded,
} from "./models.ts";

for (const name of someOf(exampleNames, 3, 8)) {
  test(`Graphviz draws every node and edge of the unfolded graph of ${name}`, () => {
    const diagram = unfolded(exampleModel(name), 2, { insideCells: false });
    const { nodes, edges } = drawn(diagram);
    assert.deepEqual([...nodes].sort(), diagram.nodes.map(({ key }) => key).sort());
    assert.equal(edges, diagram.edges.length);
  });
}

test("an unfolded graph has no circle and no delay, each variable once a position, each parameter once", () => {
  for (const name of exampleNames) {
    const model = exampleModel(name);
    const diagram = unfolded(model, 3);
    assert.deepEqual(titles(diagram, "delay"), []);
    for (const { from, to } of diagram.edges) assert.ok(!reachedFrom(diagram, to).has(from), `${name}: ${from} ${to}`);
    assert.equal(new Set(titles(diagram)).size, diagram.nodes.length, name);
    const parameters = titles(diagram, "parameter").flatMap((title) => title.split(", "));
    assert.deepEqual([...parameters].sort(), model.parameters.map(({ path }) => path).sort(), name);
  }
});

test("an input reaches an output in the picture where it does in the unfolded graph of all nodes", () => {
  for (const name of exampleNames) {
    const model = exampleModel(name, name === "elman.rnn" ? { n: 3 } : {});
    const diagram = unfolded(model, 3);
    const { instances, cells, outputs } = unfold(model.circuit, { lengths: lengthsOf(model, 3) });
    const owner = instances.flatMap(({ first }, i) =>
      Array.from({ length: (instances[i + 1]?.first ?? cells.length) - first }, () => i),
    );
    for (const { role, cells: found } of outputs) {
      if (role !== "output") continue;
      for (const { cell } of found) {
        const all = new Set([owner[cell]!]);
        for (const i of all) for (const read of instances[i]!.reads) all.add(read);
        const { node, at } = instances[owner[cell]!]!;
        const key = `n${node}@${Object.values(at).join()}`;
        if (!diagram.nodes.some((candidate) => candidate.key === key)) continue;
        const expected = [...all].flatMap((i) =>
          leafKey(model.circuit.nodes[instances[i]!.node]!.op.tag, instances[i]!),
        );
        const inputs = diagram.nodes.filter(({ kind }) => kind === "input" || kind === "random" || kind === "noise");
        const reaching = inputs.filter((input) => pathTo(diagram, input.key, key)).map((input) => input.key);
        assert.deepEqual(reaching.sort(), expected.sort(), `${name} ${key}`);
      }
    }
  }
});

const leafKey = (tag: string, { node, at }: { node: number; at: object }): ReadonlyArray<string> =>
  tag === "input" ? [`n${node}@${Object.values(at).join()}`] : [];

/** Drawing a random variable is not part of the function that the graph computes. */
const pathTo = (diagram: Parameters<typeof reachedFrom>[0], from: string, to: string): boolean =>
  reachedFrom({ ...diagram, edges: diagram.edges.filter(({ kind }) => kind !== "draw") }, from).has(to);

const autonomous =
  "model M {\naxis t in 1..T\nparam W\nparam s1 : R[2]\ns[0] = 0\noutput s[t] : R[2] = if t == 1 then s1 else tanh(W s[t-1])\n}";

test("unfolded to 3 steps, an autonomous system applies f twice, to f of its first state, with one parameter", () => {
  const diagram = unfolded(modelOf(autonomous), 3);
  assert.deepEqual(titles(diagram, "parameter"), ["s1", "W"]);
  assert.deepEqual(titles(diagram, "output"), ["s[1]", "s[2]", "s[3]"]);
  assert.equal(diagram.edges.length, 5);
  assert.deepEqual(reads(diagram, "s[1]"), ["s1"]);
  assert.deepEqual(reads(diagram, "s[2]"), ["W", "s[1]"]);
  assert.deepEqual(reads(diagram, "s[3]"), ["W", "s[2]"]);
});

test("the circuit and the unfolded graph are two pictures of one model: what passes a square is a step", () => {
  const model = exampleModel("type-one.rnn");
  const circuit = circuitDiagram(model);
  const steps = unfolded(model, 4);
  assert.deepEqual(titles(circuit, "delay"), ["h[t-1]"]);
  assert.deepEqual(reads(circuit, "h[t]"), ["U, W, b", "x[t]", "h[t-1]"]);
  for (const t of [1, 2, 3, 4])
    assert.deepEqual([...reads(steps, `h[${t}]`)].sort(), ["U, W, b", `x[${t}]`, `h[${t - 1}]`].sort());
  assert.deepEqual(titles(steps, "boundary"), ["h[0]"]);
});

test("the unfolded graph of Elman's network is written as it was: npx rnnc show examples/elman.rnn writes it anew", () => {
  const golden = (name: string): string => readFileSync(new URL(`./golden/${name}`, import.meta.url), "utf8");
  const diagram = unfolded(exampleModel("elman.rnn"), 3, { insideCells: false });
  assert.equal(diagramText(diagram), golden("elman.unfolded.txt"));
  assert.equal(diagramDot(diagram), golden("elman.unfolded.dot"));
});

const feedback = exampleModel("feedback-4-3.rnn");
const units = (title: string, t?: number) =>
  unfolded(feedback, 3, { inUnits: true, ...(t === undefined ? {} : { at: { axis: "t", position: t } }) }).nodes.filter(
    (node) => node.component !== undefined && node.key.startsWith(`${keyOf(title)}.`),
  );
const keyOf = (title: string): string => unfolded(feedback, 3).nodes.find((node) => node.title === title)!.key;

test("the network of 4 inputs and 3 outputs at each step is a layer: 4 and 3 neurons in, 3 out, all joined", () => {
  for (const t of [1, 2, 3]) {
    const network = unfolded(feedback, 3, { inUnits: true, at: { axis: "t", position: t } });
    assert.deepEqual(
      [units(`X[${t}]`, t).length, units(`O[${t - 1}]`, t).length, units(`O[${t}]`, t).length],
      [4, 3, 3],
    );
    assert.equal(network.edges.length, 4 * 3 + 3 * 3);
    assert.ok(network.edges.every(({ to }) => to.startsWith(`${keyOf(`O[${t}]`)}.`)));
  }
  assert.deepEqual(
    feedback.parameters.map(({ path, shape }) => [path, shape]),
    [
      ["W", [3, 3]],
      ["U", [3, 4]],
    ],
  );
});

test("the networks of all steps together are the complete network, each output a layer above the one before", () => {
  const complete = unfolded(feedback, 3, { inUnits: true });
  const parts = [1, 2, 3].flatMap((t) =>
    edgeNames(unfolded(feedback, 3, { inUnits: true, at: { axis: "t", position: t } })),
  );
  const ends = (names: ReadonlyArray<string>) =>
    names.map((name) => name.replaceAll(/[^ ]*\/(n[^/]*)\/[^ ]*/g, "$1")).sort();
  assert.deepEqual(ends(parts), ends(edgeNames(complete)));
  const heights = [0, 1, 2, 3].map((t) => units(`O[${t}]`)[0]!.place!.y);
  assert.deepEqual(
    [...heights].sort((a, b) => a - b),
    heights,
  );
  assert.equal(new Set(heights).size, 4);
  drawn(complete);
});

test("in a network of layers the circles of a variable stand above each other at all steps, and no two things in one place", () => {
  for (const name of ["elman.rnn", "hello.rnn", "type-one.rnn", "encoder-decoder.rnn", "feedback-4-3.rnn"]) {
    const { nodes } = unfolded(exampleModel(name), 3, { inUnits: true });
    const placed = nodes.map(({ place }) => place!);
    assert.equal(new Set(placed.map(({ x, y }) => `${Math.round(x)} ${y}`)).size, placed.length, name);
    const levels = groupBy(nodes, ({ place }) => String(place!.y));
    for (const level of levels.values()) {
      const xs = level.map(({ place }) => place!.x).sort((a, b) => a - b);
      for (const [i, x] of xs.slice(1).entries()) assert.ok(x - xs[i]! >= 24, `${name}: ${x}`);
    }
    const circles = nodes.filter(({ component, kind }) => component !== undefined && kind !== "boundary");
    for (const [, same] of groupBy(circles, ({ key, row }) => `${row} ${key.split(".").at(-1)}`))
      assert.equal(new Set(same.map(({ place }) => Math.round(place!.x))).size, 1, name);
  }
});

test("as text the components have names of their own, those that the language has for them", () => {
  const text = diagramText(unfolded(feedback, 2, { inUnits: true }));
  const read = ["O[1,1]", "O[1,2]", "O[1,3]", "X[2,1]", "X[2,2]", "X[2,3]", "X[2,4]"];
  const line = text.split("\n").find((each) => / O\[2,3\] /.test(each))!;
  assert.deepEqual(line.split("<- ")[1]!.split("; ").sort(), read);
  const names = text.split("\n").flatMap((each) => each.slice(2).split(/ +/)[1] ?? []);
  assert.equal(new Set(names).size, names.length, text);
});

test("without what cells compute inside, their states stay: an LSTM's output and its cell state", () => {
  const model = exampleModel("bidirectional.rnn");
  const closed = unfolded(model, 3, { insideCells: false });
  assert.deepEqual(
    titles(closed, "state")
      .filter((title) => title.endsWith("[2]"))
      .sort(),
    ["f.c[2]", "f[2]", "g.c[2]", "g[2]"],
  );
  assert.ok(titles(unfolded(model, 3)).includes("f.i[2]"));
  assert.deepEqual(
    reads(closed, "g[2]")
      .filter((title) => title.startsWith("g"))
      .sort(),
    ["g.Uo, g.Wo, g.bo", "g.c[2]", "g[3]"],
  );
});

test("nodes stand apart, time runs from left to right, and what is read at the same step stands below", () => {
  for (const name of exampleNames) {
    const { nodes, edges } = unfolded(exampleModel(name), 3, { insideCells: false });
    const at = new Map(nodes.map((node) => [node.key, node]));
    assert.equal(new Set(nodes.map(({ place }) => JSON.stringify(place))).size, nodes.length, name);
    for (const a of nodes)
      for (const b of nodes)
        if (a.row !== undefined && a.row === b.row && a.step !== undefined && a.step.position < b.step!.position)
          assert.ok(a.place!.x < b.place!.x, `${name}: ${a.title} ${b.title}`);
    for (const { from, to, kind } of edges)
      if (kind === "flow" && at.get(from)!.row !== at.get(to)!.row)
        assert.ok(at.get(from)!.place!.y < at.get(to)!.place!.y, `${name}: ${from} ${to}`);
  }
});

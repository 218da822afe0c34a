import assert from "node:assert/strict";
import { test } from "node:test";
import type { Model } from "../../src/circuit/model.ts";
import { adjointDiagram } from "../../src/views/adjoint-diagram.ts";
import type { Diagram } from "../../src/views/diagram/diagram.ts";
import { adjointProgram } from "../../src/views/program-text.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { drawn, exampleModel, exampleNames, reachedFrom, reads, titles } from "./models.ts";

const pictureOf = (name: string, isFull?: boolean): Diagram | undefined => pictureOfModel(exampleModel(name), isFull);

/** Two laws look at the same pictures. */
const fullPictures = new Map<string, Diagram | undefined>();
const fullPictureOf = (name: string): Diagram | undefined => {
  if (!fullPictures.has(name)) fullPictures.set(name, pictureOf(name, true));
  return fullPictures.get(name);
};

const pictureOfModel = (model: Model, isFull?: boolean): Diagram | undefined => {
  if (!model.circuit.outputs.some(({ role }) => role === "loss")) return undefined;
  const { text, unwritable, titles } = adjointProgram(model);
  if (unwritable.length > 0) return undefined;
  return adjointDiagram(compiledProgram(text, { names: true }).elaborated, titles, isFull);
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
  for (const name of someOf(exampleNames, 0, 8)) {
    const full = fullPictureOf(name);
    if (full === undefined) continue;
    const squares = new Set(full.nodes.filter(({ kind }) => kind === "delay").map(({ key }) => key));
    const cut: Diagram = { ...full, edges: full.edges.filter(({ from }) => !squares.has(from)) };
    for (const { from, to } of cut.edges) assert.ok(!reachedFrom(cut, to).has(from), `${name}: ${from} ${to}`);
    const known = full.nodes.flatMap(({ title, notes = [] }) => [
      title,
      ...notes.map((note) => note.replace("output ", "")),
    ]);
    for (const { path } of exampleModel(name).parameters)
      assert.ok(
        known.some((title) => title.startsWith(`∂${path}`)),
        `${name}: ${path}`,
      );
    const keys = new Set(full.nodes.map(({ key }) => key));
    for (const { from, to } of pictureOf(name)!.edges) assert.ok(keys.has(from) && keys.has(to));
  }
});

test("what is called d, or begins with d_, is no adjoint in the picture of one: ∂ stands before what it is the adjoint of", () => {
  const { elaborated } = compiledProgram(`import GRU from "std"
model M {
  axis s in 1..S
  input x[s] : R[2]
  param d_s, v : R[3]
  param d_h = 1
  d[s] = GRU(3)(x[s])
  h[s] = v^T d[s] + d_h
  e[s] = tanh(h[s] * d_s^T d[s])
  y[s] ~ normal(e[s], 1)
}`);
  const full = pictureOfModel(elaborated, true)!;
  const weights = ["Wz", "Wr", "Wh", "Uz", "Ur", "Uh", "bz", "br", "bh"].map((weight) => `d.${weight}`);
  const gradients = [...weights, "d_h", "d_s", "v"].map((path) => `∂${path}`);
  assert.deepEqual([...titles(full, "output")].sort(), gradients.sort());
  assert.deepEqual(
    titles(full, "delay")
      .map((title) => title.replace("[s+1]", ""))
      .sort(),
    ["∂d", "∂d.g", "∂d.r", "∂d.z"],
  );
  const known = titles(full, "parameter").flatMap((title) => title.split(", "));
  for (const title of ["d_s", "d.Uh", "d.z[s]", "d.g[s]", "d[s-1]", "v"]) assert.ok(known.includes(title), title);
  assert.deepEqual(
    known.filter((title) => title.startsWith("∂") || /^d_[^s]/.test(title)),
    [],
  );
});

test("what stands in the picture of an adjoint is called as the model calls it", () => {
  for (const name of someOf(exampleNames, 0, 8)) {
    const { circuit, parameters, inputs } = exampleModel(name);
    const names = new Set([
      ...circuit.nodes.flatMap((node) => (node.name === undefined ? [] : [node.name])),
      ...parameters.map(({ path }) => path),
      ...inputs.map((input) => input.name),
    ]);
    for (const { title } of fullPictureOf(name)?.nodes ?? [])
      for (const each of title.split(/, (?![^[]*\])/)) {
        const called = each.replace(/\[.*$/, "").replace(/^∂/, "").replace(/'+$/, "");
        assert.ok(names.has(called) || /^(u\d+|part)?$/.test(called), `${name}: ${title}`);
      }
  }
});

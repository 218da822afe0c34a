import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { instance } from "@viz-js/viz";
import { isRight } from "fp-ts/lib/Either.js";
import type { Model } from "../../src/circuit/model.ts";
import { compile } from "../../src/compile.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "../../src/views/diagram/diagram.ts";
import type { Lengths } from "../../src/views/diagram/unfolded-graph.ts";
import { diagramDot } from "../../src/views/dot.ts";
import { type UnfoldedOptions, unfoldedDiagram } from "../../src/views/unfolded-diagram.ts";

const folder = new URL("../../examples/", import.meta.url);

export const exampleNames: ReadonlyArray<string> = readdirSync(folder).filter((name) => name.endsWith(".rnn"));

export const modelOf = (source: string, statics: Readonly<Record<string, number>> = {}): Model => {
  const result = compile(source, { statics });
  assert.ok(isRight(result));
  return result.right.elaborated;
};

/** A model of the examples folder, with small sizes where it leaves them open. */
export const exampleModel = (name: string, statics: Readonly<Record<string, number>> = {}): Model => {
  const sizes = name === "char-lm.rnn" ? { V: 5, n: 4, d: 3 } : {};
  return modelOf(readFileSync(new URL(name, folder), "utf8"), { ...sizes, ...statics });
};

export const lengthsOf = ({ axes }: Model, length: number): Lengths =>
  Object.fromEntries(axes.flatMap(({ extent }) => (extent.tag === "length" ? [[extent.name, length]] : [])));

export const unfolded = (model: Model, length: number, options: Partial<UnfoldedOptions> = {}): Diagram =>
  unfoldedDiagram(model, { lengths: lengthsOf(model, length), insideCells: true, inUnits: false, ...options });

export const titles = ({ nodes }: Diagram, kind?: DiagramNode["kind"]): ReadonlyArray<string> =>
  nodes.filter((node) => kind === undefined || node.kind === kind).map(({ title }) => title);

/** What a node reads, by titles. */
export const reads = ({ nodes, edges }: Diagram, title: string): ReadonlyArray<string> => {
  const of = nodes.find((node) => node.title === title);
  return edges.filter(({ to }) => to === of?.key).map(({ from }) => nodes.find(({ key }) => key === from)!.title);
};

export const edgeNames = ({ nodes, edges }: Diagram): ReadonlyArray<string> => {
  const nameOf = new Map(nodes.map(({ key, title, row }) => [key, `${row}/${key}/${title}`]));
  return edges.map(({ from, to }: DiagramEdge) => `${nameOf.get(from)} -> ${nameOf.get(to)}`);
};

/** The nodes that can be reached along edges, by key. */
export const reachedFrom = ({ edges }: Diagram, start: string): ReadonlySet<string> => {
  const found = new Set([start]);
  for (const key of found) for (const { from, to } of edges) if (from === key) found.add(to);
  return found;
};

const viz = await instance();

/** The picture as Graphviz understood it, without a warning but that it guesses how wide a letter is. */
export const drawn = (
  diagram: Diagram,
): { readonly svg: string; readonly nodes: ReadonlyArray<string>; readonly edges: number } => {
  const result = viz.renderFormats(diagramDot(diagram), ["svg", "json0"]);
  assert.deepEqual(
    result.errors.filter(({ message }) => !message.includes("width of non-ASCII character")),
    [],
  );
  assert.equal(result.status, "success");
  const { svg = "", json0 = "{}" } = result.output ?? {};
  const { objects = [], edges = [] } = JSON.parse(json0);
  const all: ReadonlyArray<{ readonly name: string; readonly nodes?: unknown }> = objects;
  return {
    svg,
    nodes: all
      .filter((object) => object.nodes === undefined && !object.name.startsWith("cluster "))
      .map(({ name }) => name),
    edges: edges.length,
  };
};

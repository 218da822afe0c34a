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

/** Where Graphviz puts the boxes of a picture, and points along each of its edges, in points. */
export const laidOut = (diagram: Diagram): Laid => {
  const { output } = viz.renderFormats(diagramDot(diagram), ["json"]);
  const { objects = [], edges = [] } = JSON.parse(output?.json ?? "{}");
  const named = (objects as ReadonlyArray<LaidObject>).filter(
    ({ pos, width }) => pos !== undefined && width !== undefined,
  );
  const numbers = (text: string): ReadonlyArray<number> => text.split(",").map(Number);
  return {
    boxes: named.map(({ name, pos, width, height }) => {
      const [x = 0, y = 0] = numbers(pos!);
      return { key: name, x, y, halfWidth: 36 * Number(width), halfHeight: 36 * Number(height) };
    }),
    edges: (edges as ReadonlyArray<{ tail: number; head: number; pos: string }>).map(({ tail, head, pos }) => {
      const controls = pos
        .split(" ")
        .filter((part) => /^[-\d.]+,/.test(part))
        .map(numbers);
      return { ends: [objects[tail].name, objects[head].name], points: alongCurves(controls) };
    }),
  };
};

interface Laid {
  readonly boxes: ReadonlyArray<{ key: string; x: number; y: number; halfWidth: number; halfHeight: number }>;
  readonly edges: ReadonlyArray<{ ends: ReadonlyArray<string>; points: ReadonlyArray<readonly [number, number]> }>;
}

interface LaidObject {
  readonly name: string;
  readonly pos?: string;
  readonly width?: string;
  readonly height?: string;
}

/** Points on cubic curves that follow on one another. */
const alongCurves = (controls: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<readonly [number, number]> =>
  Array.from({ length: Math.floor((controls.length - 1) / 3) }, (_, i) => controls.slice(3 * i, 3 * i + 4)).flatMap(
    (curve) =>
      Array.from({ length: 21 }, (_, k) => {
        const t = k / 20;
        const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
        const at = (axis: number): number => weights.reduce((sum, weight, j) => sum + weight * curve[j]![axis]!, 0);
        return [at(0), at(1)] as const;
      }),
  );

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

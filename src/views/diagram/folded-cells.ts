import { groupBy } from "../group-by.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "./diagram.ts";

/** What stands in the box of a cell. */
export type CellBox = Pick<DiagramNode, "kind" | "title" | "rest" | "notes">;

/**
 * A circuit in which everything that stands in a cell is one box. The delays of a cell's states are one black square, which
 * tells them all; its parameters are left out.
 */
export const foldedCells = (
  diagram: Diagram,
  boxOf: (frame: string, inside: ReadonlyArray<DiagramNode>) => CellBox,
): Diagram => {
  const outer = new Map(diagram.frames.map(({ key, inside }) => [key, inside]));
  const outermost = (frame: string): string => {
    const around = outer.get(frame);
    return around === undefined ? frame : outermost(around);
  };
  const inCells = groupBy(
    diagram.nodes.filter(({ frame }) => frame !== undefined),
    ({ frame }) => outermost(frame!),
  );
  const boxes = [...inCells].flatMap(([frame, inside]) => foldedCell(frame, inside, boxOf));
  const place = new Map(
    [...inCells].flatMap(([frame, inside]) =>
      inside.flatMap((node) =>
        node.kind === "parameter" ? [] : [[node.key, node.kind === "delay" ? squareKey(frame) : frame] as const],
      ),
    ),
  );
  const outside = diagram.nodes.filter(({ frame }) => frame === undefined);
  const kept = new Set([...outside.map(({ key }) => key), ...place.keys()]);
  return {
    ...diagram,
    nodes: [...outside, ...boxes],
    edges: onlyOnce(
      diagram.edges
        .filter(({ from }) => kept.has(from))
        .map((edge) => ({ ...edge, from: place.get(edge.from) ?? edge.from, to: place.get(edge.to) ?? edge.to }))
        .filter(({ from, to }) => from !== to),
    ),
    frames: [],
  };
};

const squareKey = (frame: string): string => `${frame} before`;

const foldedCell = (
  frame: string,
  inside: ReadonlyArray<DiagramNode>,
  boxOf: (frame: string, inside: ReadonlyArray<DiagramNode>) => CellBox,
): ReadonlyArray<DiagramNode> => {
  const delays = inside.filter(({ kind }) => kind === "delay");
  const box: DiagramNode = { key: frame, ...boxOf(frame, inside) };
  if (delays.length === 0) return [box];
  return [
    box,
    { key: squareKey(frame), kind: "delay", title: [...new Set(delays.map(({ title }) => title))].join(", ") },
  ];
};

/** One edge from each to each, with the labels of all. */
const onlyOnce = (edges: ReadonlyArray<DiagramEdge>): ReadonlyArray<DiagramEdge> =>
  [...groupBy(edges, ({ from, to }) => `${from}\n${to}`).values()].map((same) => {
    const labels = [...new Set(same.flatMap(({ label }) => (label === undefined ? [] : [label])))];
    return { ...same[0]!, ...(labels.length === 0 ? {} : { label: labels.join(", ") }) };
  });

import { groupBy } from "../group-by.ts";
import type { Diagram, DiagramNode } from "./diagram.ts";
import type { Link, Point } from "./grid.ts";
import { gap } from "./tile.ts";

/** Which values of random variables are read back: those of the data, those that the model draws, or both beside each other. */
export const feedings = ["given", "drawn", "both"] as const;
export type Feeding = (typeof feedings)[number];

/**
 * Teacher forcing: what is random is given, nothing is drawn, and a loss at each compares it with its distribution. The
 * links put what is given beside its distribution.
 */
export const withTeacher = (diagram: Diagram): { readonly diagram: Diagram; readonly links: ReadonlyArray<Link> } => {
  const isRandom = (key: string): boolean => diagram.nodes.some((node) => node.key === key && node.kind === "random");
  const draws = diagram.edges.filter(({ kind }) => kind === "draw");
  const several = new Set(diagram.nodes.flatMap(({ kind, row }) => (kind === "random" ? [row] : []))).size > 1;
  const losses = [...groupBy(draws, ({ to }) => to).keys()].map((key): DiagramNode => {
    const { title, row, step } = diagram.nodes.find((node) => node.key === key)!;
    const name = several ? `L ${title}` : `L${title.slice(title.indexOf("[") < 0 ? title.length : title.indexOf("["))}`;
    return { key: lossOf(key), kind: "loss", title: name, row: `loss ${row}`, ...(step === undefined ? {} : { step }) };
  });
  return {
    diagram: {
      ...diagram,
      nodes: [
        ...diagram.nodes.map((node) => (isRandom(node.key) ? { ...node, kind: "given" as const } : node)),
        ...losses,
      ],
      edges: [
        ...diagram.edges.filter(({ kind }) => kind !== "draw"),
        ...draws.map(({ from, to }) => ({ from, to: lossOf(to), kind: "flow" as const })),
        ...losses.map(({ key }) => ({ from: key.slice(lossOf("").length), to: key, kind: "flow" as const })),
      ],
    },
    links: draws.flatMap(({ from, to }) =>
      diagram.edges.filter((edge) => edge.to === from && edge.kind !== "step").map((edge) => ({ from: edge.from, to })),
    ),
  };
};

const lossOf = (key: string): string => `loss ${key}`;

/** Two pictures beside each other, what each is above it. */
export const beside = (left: Titled, right: Titled): Diagram => {
  const [a, b] = [extentOf(left.diagram), extentOf(right.diagram)];
  const shift = a.right - b.left + 4 * gap.columns;
  const top = Math.max(a.top, b.top) + 0.8 * gap.rows;
  const half = (prefix: string, { diagram, above }: Titled, by: number, { left: from, right: to }: Extent) => ({
    nodes: [
      ...diagram.nodes.map((node) => ({
        ...node,
        key: prefix + node.key,
        place: { x: node.place!.x + by, y: node.place!.y },
      })),
      { key: `${prefix}above`, kind: "caption" as const, title: above, place: { x: (from + to) / 2 + by, y: top } },
    ],
    edges: diagram.edges.map((edge) => ({ ...edge, from: prefix + edge.from, to: prefix + edge.to })),
  });
  const [first, second] = [half("given ", left, 0, a), half("drawn ", right, shift, b)];
  return {
    title: left.diagram.title,
    nodes: [...first.nodes, ...second.nodes],
    edges: [...first.edges, ...second.edges],
    frames: [],
  };
};

export interface Titled {
  readonly diagram: Diagram;
  readonly above: string;
}

interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

const extentOf = ({ nodes }: Diagram): Extent => {
  const places: ReadonlyArray<Point> = nodes.map(({ place }) => place!);
  const xs = places.map(({ x }) => x);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.max(...places.map(({ y }) => y)) };
};

import { groupBy } from "../group-by.ts";
import { type Diagram, type DiagramNode, type NodeKind, parameterLines } from "./diagram.ts";
import { gridPlaces, type Link, type Point, rowLevels } from "./grid.ts";
import { type LaneTile, lanePlaces } from "./lanes.ts";
import { gap, type Step, type Tile } from "./tile.ts";

/**
 * A picture with its nodes in rows and columns, and the steps of each axis written under its columns. What leads from one
 * step to another leads sideways. `links` say of further nodes what stands above what.
 */
export const onGrid = (diagram: Diagram, links: ReadonlyArray<Link> = []): Diagram =>
  placed(diagram, [...diagram.edges.filter(({ kind }) => kind !== "step"), ...links]);

/** A picture in which every step is a layer above the one before, as in a feed-forward network. */
export const inLayers = (diagram: Diagram): Diagram => {
  const tiles = diagram.nodes.map((node): LaneTile => {
    const { key, kind, row = key, step } = node;
    return {
      key,
      row: `${row} ${step?.position}`,
      width: widthOfNode(node),
      isAside: false,
      isName: kind === "caption",
      variable: row,
      lane: `${row}${kind === "boundary" || isBeyond(diagram, row, step) ? ` at ${step?.position}` : ""}`,
    };
  });
  const levels = rowLevels(tiles, diagram.edges);
  const levelOf = ({ row }: Tile): number => levels.get(row)!;
  const xs = lanePlaces(tiles, diagram.edges, levelOf);
  return {
    ...diagram,
    nodes: diagram.nodes.map(({ step, ...node }, i) => ({
      ...node,
      place: { x: xs.get(node.key)!, y: levelOf(tiles[i]!) * gap.rows },
    })),
  };
};

/** Whether a name beside circles is that of what stands outside of its axis. */
const isBeyond = ({ nodes }: Diagram, row: string, step: Step | undefined): boolean =>
  nodes.some((node) => node.row === row && node.kind === "boundary" && node.step?.position === step?.position);

const placed = (diagram: Diagram, links: ReadonlyArray<Link>): Diagram => {
  const tiles = diagram.nodes.map(
    (node): Tile => ({
      key: node.key,
      row: node.row ?? node.key,
      ...(node.step === undefined ? {} : { step: node.step }),
      width: widthOfNode(node),
      isAside: node.kind === "parameter",
    }),
  );
  const kinds = new Map(diagram.nodes.map(({ key, kind }) => [key, kind]));
  const places = gridPlaces(tiles, links);
  const inside = tiles.filter(({ key, step }) => step !== undefined && kinds.get(key) !== "boundary");
  return {
    ...diagram,
    nodes: [
      ...diagram.nodes.map((node) => ({ ...node, place: places.get(node.key)! })),
      ...stepLabels(
        inside.map(({ key, step }) => ({ step: step!, place: places.get(key)! })),
        [...places.values()],
      ),
    ],
  };
};

/** Below all that is drawn for the axis at the bottom, above all of it for each other. */
const stepLabels = (found: ReadonlyArray<Standing>, places: ReadonlyArray<Point>): ReadonlyArray<DiagramNode> => {
  const ys = places.map(({ y }) => y);
  const lowest = Math.min(...found.map(({ place }) => place.y));
  const axes = [...groupBy(found, ({ step }) => step.axis).values()];
  const above = axes.filter((ofAxis) => ofAxis.every(({ place }) => place.y > lowest));
  return axes.flatMap((ofAxis) => {
    const nth = above.indexOf(ofAxis) + 1;
    const y = nth === 0 ? Math.min(...ys) - captionGap : Math.max(...ys) + nth * captionGap;
    return [...groupBy(ofAxis, ({ step }) => step.position).values()].map((column) => captionOf(column, y));
  });
};

interface Standing {
  readonly step: Step;
  readonly place: Point;
}

const captionGap = 0.7 * gap.rows;

const captionOf = (column: ReadonlyArray<Standing>, y: number): DiagramNode => {
  const { axis, position } = column[0]!.step;
  const xs = column.map(({ place }) => place.x);
  const title = `${axis} = ${position}`;
  return { key: title, kind: "caption", title, place: { x: (Math.min(...xs) + Math.max(...xs)) / 2, y } };
};

/** About how wide a node will be. */
const widthOfNode = ({ kind, title, rest = "", component }: DiagramNode): number => {
  if (component !== undefined) return 24;
  if (kind === "parameter")
    return Math.max(54, 6.4 * Math.max(...parameterLines(title).map(({ length }) => length)) + 20);
  const text = 7.6 * (title.length + rest.length);
  return Math.max(54, (isEllipse.has(kind) ? Math.SQRT2 * text : text) + 20);
};

/** An ellipse around a text is so much wider. */
const isEllipse: ReadonlySet<NodeKind> = new Set(["random", "noise", "given"]);

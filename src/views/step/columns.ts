import { isPort, type Step } from "./step.ts";

/** The place of a node in rows and columns, from the left and from the bottom; belts have the rows above all others. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

export interface Table {
  /** By node; ports stand outside. */
  readonly cells: ReadonlyMap<number, Cell>;
  /** How many rows there are below the belts. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * Layers in the lowest row, in the order in which what they give is needed along the belts; what is made of them above, as far
 * up as operations lie between; what is made of a belt's new value below it, further right. What has nothing above what it
 * reads last stands right above that.
 */
export const tableOf = (step: Step): Table => {
  const { nodes, wires, belts } = step;
  const operands = nodes.map((_, place) => wires.flatMap(({ from, to }) => (to === place ? [from] : [])));
  const lanes = new Map(belts.flatMap(({ operations }, lane) => operations.map((place) => [place, lane] as const)));
  const heights = heightsOf(step, operands, lanes);
  const rows = 1 + Math.max(0, ...[...heights.values()].map(({ up, down }) => Math.max(up, down ?? 0)));
  const rowOf = (place: number): number => {
    const lane = lanes.get(place);
    if (lane !== undefined) return rows + belts.length - 1 - lane;
    const { up, down } = heights.get(place)!;
    return down === undefined ? up : rows - down;
  };
  const cells = new Map<number, Cell>();
  let columns = 0;
  const isFree = (column: number, row: number, other: number): boolean =>
    [...cells.values()].every(
      (cell) => cell.column !== column || (cell.row - row) * (cell.row - other) > 0 || cell.row === other,
    );
  const columnOf = (place: number, row: number): number => {
    const lane = lanes.get(place);
    const inside = operands[place]!.filter(
      (from) => !isPort(nodes[from]!) && (lane === undefined || lanes.get(from) !== lane),
    );
    const last = inside
      .map((from) => cells.get(from)!)
      .reduce<Cell | undefined>(
        (best, cell) => (best === undefined || cell.column > best.column ? cell : best),
        undefined,
      );
    const reached = Math.max(
      -1,
      ...[...cells].flatMap(([other, cell]) => (lane !== undefined && lanes.get(other) === lane ? [cell.column] : [])),
    );
    const isBelow = last !== undefined && (lanes.has(inside.at(-1)!) || nodes[place]!.kind === "layer");
    if (last !== undefined && !isBelow && last.column > reached && isFree(last.column, row, last.row))
      return last.column;
    columns += 1;
    return columns - 1;
  };
  const put = (place: number): void => {
    if (cells.has(place) || isPort(nodes[place]!)) return;
    for (const from of operands[place]!) put(from);
    const row = rowOf(place);
    cells.set(place, { column: columnOf(place, row), row });
  };
  for (const { operations } of belts) for (const place of operations) put(place);
  nodes.forEach((_, place) => {
    put(place);
  });
  return { cells, rows, columns };
};

interface Height {
  /** How far above the lowest row it stands at least. */
  readonly up: number;
  /** How far below the belts, if it is made of what a belt carries out. */
  readonly down?: number;
}

const heightsOf = (
  { nodes }: Step,
  operands: ReadonlyArray<ReadonlyArray<number>>,
  lanes: ReadonlyMap<number, number>,
): ReadonlyMap<number, Height> => {
  const heights = new Map<number, Height>();
  const heightOf = (place: number): Height => {
    const known = heights.get(place);
    if (known !== undefined) return known;
    const inside = operands[place]!.filter((from) => !isPort(nodes[from]!));
    const below = inside.filter((from) => !lanes.has(from)).map(heightOf);
    const downs = [
      ...(inside.some((from) => lanes.has(from)) ? [1] : []),
      ...below.flatMap(({ down }) => (down === undefined ? [] : [down + 1])),
    ];
    const ups = below.flatMap(({ up, down }) => (down === undefined ? [up + 1] : []));
    const height: Height =
      nodes[place]!.kind === "layer"
        ? { up: 0 }
        : { up: Math.max(0, ...ups), ...(downs.length === 0 ? {} : { down: Math.max(...downs) }) };
    heights.set(place, height);
    return height;
  };
  nodes.forEach((node, place) => {
    if (!isPort(node) && !lanes.has(place)) heightOf(place);
  });
  return heights;
};

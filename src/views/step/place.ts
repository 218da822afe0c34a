import { tableOf } from "./columns.ts";
import { isPort, type Step, type StepNode } from "./step.ts";

/** A node on the grid on which wires run: its centre, and how far it reaches to each side. Ports are points. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** Where everything stands, in units of the grid, from the upper left corner. */
export interface Placed {
  readonly boxes: ReadonlyArray<Box>;
  readonly width: number;
  readonly height: number;
}

/** How many points a unit of the grid has. */
export const unit = 12;

/** `gap`: how many units lie free between what stands side by side. */
export const placed = (step: Step, gap: number): Placed => {
  const { nodes, wires, belts } = step;
  const { cells, rows, columns } = tableOf(step);
  const at = (place: number) => cells.get(place)!;
  const inner = nodes.flatMap((node, place) => (isPort(node) ? [] : [place]));
  const sizes = nodes.map((node, place) => sizeOf(node, wires.filter(({ to }) => to === place).length));
  const most = (of: (place: number) => number, places: ReadonlyArray<number>): number => Math.max(1, ...places.map(of));

  const under = givenUnder(step, cells);
  const atLeft = nodes.flatMap(({ kind }, place) => (kind === "given" && !under.has(place) ? [place] : []));
  const branched = belts.filter(({ before }) => wires.filter(({ from }) => from === before).length > 1).length;
  const given = spread(atLeft.map((place) => nodes[place]!.sign));
  const left = gap + given.end + 2 * branched;
  const centresX = along(columns, left, gap, (column) =>
    most(
      (place) => sizes[place]!.halfWidth,
      inner.filter((place) => at(place).column === column),
    ),
  );
  const results = nodes.flatMap(({ kind }, place) => (kind === "result" ? [place] : []));
  const right = centresX.end + 1;
  const out = spread(results.map((place) => nodes[place]!.sign));
  const width = right + out.end + 2;

  const top = 3;
  const beltY = (lane: number): number => top + 4 * lane;
  const ceiling = belts.length === 0 ? top - 1 : beltY(belts.length - 1) + 1;
  const centresY = along(rows, ceiling + gap - 1, gap, (down) =>
    most(
      (place) => sizes[place]!.halfHeight,
      inner.filter((place) => at(place).row === rows - 1 - down),
    ),
  );
  const onBelt = new Map(belts.flatMap(({ before, after }, lane) => [[before, lane] as const, [after, lane] as const]));
  const floor = centresY.end + 1;
  const levels = levelsOf(step, onBelt);
  const height = floor + 2 * Math.max(0, ...[...levels.values()].map((level) => level + 1)) + 2;

  const boxOf = (node: StepNode, place: number): Box => {
    const lane = onBelt.get(place);
    if (node.kind === "before" || node.kind === "after") {
      const y = lane === undefined ? floor + 2 * levels.get(place)! : beltY(lane);
      return point(node.kind === "before" ? 0 : width, y);
    }
    if (node.kind === "result") return point(right + out.centres[results.indexOf(place)]!, 0);
    if (node.kind === "given") {
      const reader = under.get(place);
      return point(
        reader === undefined ? given.centres[atLeft.indexOf(place)]! : centresX.centres[at(reader).column]!,
        height,
      );
    }
    const { column, row } = at(place);
    const y = row >= rows ? beltY(belts.length - 1 - (row - rows)) : centresY.centres[rows - 1 - row]!;
    return { x: centresX.centres[column]!, y, ...sizes[place]! };
  };
  return { boxes: nodes.map(boxOf), width, height };
};

/** A state that is on no belt comes in below everything else, and goes out at the same level, so that steps can be joined. */
const levelsOf = ({ nodes, states }: Step, onBelt: ReadonlyMap<number, number>): ReadonlyMap<number, number> => {
  const pairs = states.filter(({ after }) => !onBelt.has(after));
  const paired = new Map(
    pairs.flatMap(({ before, after }, level) =>
      [before, after].flatMap((place) => (place === undefined ? [] : [[place, level] as const])),
    ),
  );
  const others = nodes.flatMap(({ kind }, place) =>
    kind === "before" && !onBelt.has(place) && !paired.has(place) ? [place] : [],
  );
  return new Map([...paired, ...others.map((place, i) => [place, pairs.length + i] as const)]);
};

/** Labels side by side: the middle of each, and where the last one ends. */
const spread = (labels: ReadonlyArray<string>): { readonly centres: ReadonlyArray<number>; readonly end: number } => {
  const halves = labels.map((text) => Math.ceil((letterWidth * text.length + 8) / (2 * unit)));
  return along(labels.length, 0, 0, (i) => halves[i]!);
};

/** The width of a letter, in points. */
export const letterWidth = 7.6;

const point = (x: number, y: number): Box => ({ x, y, halfWidth: 0, halfHeight: 0 });

/** A circle for an operation; elsewhere there is room for the sign, for the name, and for each wire that ends there. */
const sizeOf = ({ kind, sign, name = "" }: StepNode, wires: number): Pick<Box, "halfWidth" | "halfHeight"> => {
  if (kind === "operation" && sign.length < 3) return { halfWidth: 1, halfHeight: 1 };
  const letters = Math.max(sign.length, kind === "layer" ? name.length : 0);
  const halfWidth = Math.max(2, Math.ceil((letters * letterWidth + 6) / (2 * unit)), Math.ceil((wires + 1) / 2));
  return { halfWidth, halfHeight: kind === "layer" ? 2 : 1 };
};

/** The centres of so many stripes, whose halves are of the sizes given, and where the last one ends. */
const along = (
  count: number,
  start: number,
  gap: number,
  half: (i: number) => number,
): { readonly centres: ReadonlyArray<number>; readonly end: number } => {
  const centres: number[] = [];
  let cursor = start;
  for (let i = 0; i < count; i++) {
    centres.push(cursor + half(i));
    cursor += 2 * half(i) + gap;
  }
  return { centres, end: cursor };
};

/** What one node alone is given comes from right below it, if nothing stands between. */
const givenUnder = (
  { nodes, wires }: Step,
  cells: ReadonlyMap<number, { readonly column: number; readonly row: number }>,
): ReadonlyMap<number, number> => {
  const under = new Map<number, number>();
  const taken = new Set<number>();
  nodes.forEach(({ kind }, place) => {
    const readers = wires.flatMap(({ from, to }) => (from === place ? [to] : []));
    const cell = kind === "given" && readers.length === 1 ? cells.get(readers[0]!) : undefined;
    if (cell === undefined || taken.has(cell.column)) return;
    if ([...cells.values()].some((other) => other.column === cell.column && other.row < cell.row)) return;
    taken.add(cell.column);
    under.set(place, readers[0]!);
  });
  return under;
};

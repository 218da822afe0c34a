import { groupBy } from "../group-by.ts";
import type { Link } from "./grid.ts";
import { gap, spread, type Tile, widthOf } from "./tile.ts";

/** A tile of a network in layers: the variable that it is of, whatever the step. What is outside of an axis has a lane of its own. */
export interface LaneTile extends Tile {
  readonly lane: string;
  readonly variable: string;
  /** Whether it is the name before circles, which does not move them. */
  readonly isName: boolean;
}

interface Lane {
  readonly name: string;
  readonly variable: string;
  readonly levels: ReadonlySet<number>;
  /** How far it reaches from its centre. */
  readonly left: number;
  readonly right: number;
}

type Column = ReadonlyArray<Lane>;

/**
 * Every variable has its column, in all layers the same: that of what it reads, if nothing of that stands in the same layer,
 * else one to the right of it. So a recurrence goes straight up.
 */
export const lanePlaces = (
  tiles: ReadonlyArray<LaneTile>,
  links: ReadonlyArray<Link>,
  levelOf: (tile: Tile) => number,
): ReadonlyMap<string, number> => {
  const laneOf = new Map(tiles.map(({ key, lane }) => [key, lane]));
  const reads = groupBy(
    links.flatMap(({ from, to }) => {
      const [source, reader] = [laneOf.get(from), laneOf.get(to)];
      return source === undefined || reader === undefined || source === reader ? [] : [{ source, reader }];
    }),
    ({ reader }) => reader,
  );
  const lanes = [...groupBy(tiles, ({ lane }) => lane)]
    .map(([name, own]): Lane => {
      const layers = [...groupBy(own, levelOf).values()];
      return {
        name,
        variable: own[0]!.variable,
        levels: new Set(own.map(levelOf)),
        left: Math.max(...layers.map((layer) => widthOf(partsOf(layer).circles) / 2 + nameWidth(layer))),
        right: Math.max(...layers.map((layer) => widthOf(partsOf(layer).circles) / 2)),
      };
    })
    .sort((a, b) => Math.min(...a.levels) - Math.min(...b.levels));
  const columns = lanes.reduce<ReadonlyArray<Column>>(
    (soFar, lane) => withLane(soFar, lane, new Set((reads.get(lane.name) ?? []).map(({ source }) => source))),
    [],
  );
  const centres = centresOf(columns);
  return new Map(
    [...groupBy(tiles, (tile) => `${tile.lane}\n${levelOf(tile)}`).values()].flatMap((layer) =>
      layerPlaces(layer, centres.get(layer[0]!.lane)!),
    ),
  );
};

const partsOf = (layer: ReadonlyArray<LaneTile>) => ({
  names: layer.filter(({ isName }) => isName),
  circles: layer.filter(({ isName }) => !isName),
});

const nameWidth = (layer: ReadonlyArray<LaneTile>): number => {
  const { names } = partsOf(layer);
  return names.length === 0 ? 0 : widthOf(names) + gap.between;
};

const layerPlaces = (
  layer: ReadonlyArray<LaneTile>,
  centre: number,
): ReadonlyArray<readonly [key: string, x: number]> => {
  const { names, circles } = partsOf(layer);
  const left = centre - widthOf(circles) / 2;
  return [...spread(names, left - gap.between - widthOf(names) / 2), ...spread(circles, centre)];
};

/** With the lane in the column of its own boundary or else the last one that it reads from, where there is room. */
const withLane = (columns: ReadonlyArray<Column>, lane: Lane, sources: ReadonlySet<string>): ReadonlyArray<Column> => {
  const isSource = (column: Column): boolean => column.some(({ name }) => sources.has(name));
  const hasRoom = (column: Column): boolean =>
    column.every(({ levels }) => [...levels].every((level) => !lane.levels.has(level)));
  const isOwn = (column: Column): boolean => column.some(({ variable }) => variable === lane.variable);
  const own = columns.findLast((column) => isOwn(column) && hasRoom(column));
  const chosen = own ?? columns.findLast((column) => isSource(column) && hasRoom(column));
  if (chosen !== undefined) return columns.map((column) => (column === chosen ? [...column, lane] : column));
  const after = columns.findLastIndex(isSource);
  return after < 0 ? [...columns, [lane]] : columns.toSpliced(after + 1, 0, [lane]);
};

const centresOf = (columns: ReadonlyArray<Column>): ReadonlyMap<string, number> => {
  const sides = columns.map((column) => ({
    left: Math.max(...column.map(({ left }) => left)),
    right: Math.max(...column.map(({ right }) => right)),
  }));
  const start = (i: number): number =>
    sides.slice(0, i).reduce((sum, { left, right }) => sum + left + right + gap.columns, 0);
  return new Map(columns.flatMap((column, i) => column.map(({ name }) => [name, start(i) + sides[i]!.left] as const)));
};

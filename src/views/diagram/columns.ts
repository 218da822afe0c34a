import { groupBy } from "../group-by.ts";
import { gap, spread, type Tile, widthOf } from "./tile.ts";

/**
 * Each step of an axis is a column, time from left to right. Axes whose rows are level stand side by side, others above
 * each other.
 */
export const columnPlaces = (
  tiles: ReadonlyArray<Tile>,
  levelOf: (tile: Tile) => number,
): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  const blocks: Block[] = [];
  for (const [, own] of groupBy(tiles.filter(isStepped), ({ step }) => step.axis)) {
    const columns = columnsOf(own, levelOf);
    const width = columns.at(-1)!.centre + columns.at(-1)!.width / 2;
    const levels = new Set(own.map(levelOf));
    const beside = blocks.filter((block) => [...block.levels].some((level) => levels.has(level)));
    const left = beside.length === 0 ? -width / 2 : Math.max(...beside.map(({ right }) => right)) + 2 * gap.columns;
    blocks.push({ levels, right: left + width });
    for (const { tiles: inColumn, centre } of columns)
      for (const [, level] of groupBy(inColumn, levelOf))
        for (const [key, x] of spread(level, left + centre)) places.set(key, x);
  }
  return places;
};

type Stepped = Tile & Required<Pick<Tile, "step">>;

interface Block {
  readonly levels: ReadonlySet<number>;
  readonly right: number;
}

interface Column {
  readonly tiles: ReadonlyArray<Tile>;
  readonly width: number;
  /** From the left side of its block. */
  readonly centre: number;
}

const isStepped = (tile: Tile): tile is Stepped => tile.step !== undefined;

const columnsOf = (tiles: ReadonlyArray<Stepped>, levelOf: (tile: Tile) => number): ReadonlyArray<Column> => {
  const columns: Column[] = [];
  const steps = [...groupBy(tiles, ({ step }) => step.position)].sort(([a], [b]) => a - b);
  for (const [, own] of steps) {
    const width = Math.max(...[...groupBy(own, levelOf).values()].map(widthOf));
    const last = columns.at(-1);
    const left = last === undefined ? 0 : last.centre + last.width / 2 + gap.columns;
    columns.push({ tiles: own, width, centre: left + width / 2 });
  }
  return columns;
};

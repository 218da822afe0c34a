import { groupBy } from "../group-by.ts";
import { columnPlaces } from "./columns.ts";
import { levelsOf } from "./levels.ts";
import { gap, spread, type Tile } from "./tile.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** From what is read to what reads it. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

type Level = (tile: Tile) => number;

/** What is read stands below what reads it, at its step; what all steps share, at the left. In points. */
export const gridPlaces = (tiles: ReadonlyArray<Tile>, links: ReadonlyArray<Link>): ReadonlyMap<string, Point> => {
  const levels = rowLevels(tiles, links);
  const levelOf: Level = ({ row }) => levels.get(row)!;
  const shared = tiles.filter(({ isAside }) => isAside);
  const others = tiles.filter(({ isAside }) => !isAside);
  const stepped = columnPlaces(others, levelOf);
  const loose = stepped.size === 0 ? centred(others, levelOf) : loosePlaces(others, links, stepped, levelOf);
  const placed = new Map([...stepped, ...loose]);
  const left = Math.min(0, ...others.map(({ key, width }) => placed.get(key)! - width / 2));
  const x = new Map([...placed, ...asidePlaces(shared, levelOf, left - gap.columns)]);
  return new Map(
    tiles.map((tile) => {
      const level = levelOf(tile) + (tile.isAside ? 0.5 : 0);
      return [tile.key, { x: x.get(tile.key)!, y: level * gap.rows }] as const;
    }),
  );
};

/** The level of each row: above what it reads. */
export const rowLevels = (tiles: ReadonlyArray<Tile>, links: ReadonlyArray<Link>): ReadonlyMap<string, number> => {
  const rowOf = new Map(tiles.map(({ key, row }) => [key, row]));
  const reads = groupBy(
    links.flatMap(({ from, to }) => {
      const [source, reader] = [rowOf.get(from), rowOf.get(to)];
      return source === undefined || reader === undefined || source === reader ? [] : [{ source, reader }];
    }),
    ({ reader }) => reader,
  );
  const rows = [...new Set(tiles.map(({ row }) => row))];
  return levelsOf(rows, (row) => [...new Set((reads.get(row) ?? []).map(({ source }) => source))]);
};

const centred = (tiles: ReadonlyArray<Tile>, levelOf: Level): ReadonlyMap<string, number> =>
  new Map([...groupBy(tiles, levelOf).values()].flatMap((level) => spread(level, 0)));

/** What has no step stands over what it reads, pushed to the right where something stands there already. */
const loosePlaces = (
  tiles: ReadonlyArray<Tile>,
  links: ReadonlyArray<Link>,
  stepped: ReadonlyMap<string, number>,
  levelOf: Level,
): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  const at = (key: string): number | undefined => places.get(key) ?? stepped.get(key);
  const rights = new Map<number, number>();
  for (const tile of tiles) {
    const x = stepped.get(tile.key);
    if (x !== undefined) rights.set(levelOf(tile), Math.max(rights.get(levelOf(tile)) ?? x, x + tile.width / 2));
  }
  const loose = tiles.filter(({ key }) => !stepped.has(key)).sort((a, b) => levelOf(a) - levelOf(b));
  for (const tile of loose) {
    const read = links.flatMap(({ from, to }) =>
      to === tile.key ? (at(from) ?? []) : from === tile.key ? (at(to) ?? []) : [],
    );
    const wanted = read.length === 0 ? 0 : read.reduce((sum, x) => sum + x, 0) / read.length;
    const right = rights.get(levelOf(tile));
    const x = right === undefined ? wanted : Math.max(wanted, right + gap.between + tile.width / 2);
    places.set(tile.key, x);
    rights.set(levelOf(tile), x + tile.width / 2);
  }
  return places;
};

const asidePlaces = (tiles: ReadonlyArray<Tile>, levelOf: Level, right: number): ReadonlyMap<string, number> =>
  new Map(
    [...groupBy(tiles, levelOf).values()].flatMap((level) => {
      const places = spread(level, 0);
      const last = places.at(-1)![1] + level.at(-1)!.width / 2;
      return places.map(([key, x]) => [key, x - last + right] as const);
    }),
  );

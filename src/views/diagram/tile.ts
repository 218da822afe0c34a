/** What is laid out: it stands in the row of its variable, at a step of time if it has one. Lengths are in points. */
export interface Tile {
  readonly key: string;
  readonly row: string;
  readonly step?: Step;
  readonly width: number;
  /** Whether it stands at the side, as what all steps share. */
  readonly isAside: boolean;
}

/** A position along an axis, or outside of it, at its ends. */
export interface Step {
  readonly axis: string;
  readonly position: number;
}

/** How far apart things stand. */
export const gap = { between: 20, columns: 40, rows: 64 } as const;

export const widthOf = (tiles: ReadonlyArray<Tile>): number =>
  tiles.reduce((sum, { width }) => sum + width + gap.between, -gap.between);

/** Tiles side by side around a centre. */
export const spread = (
  tiles: ReadonlyArray<Tile>,
  centre: number,
): ReadonlyArray<readonly [key: string, x: number]> => {
  const left = centre - widthOf(tiles) / 2;
  return tiles.map((tile, i) => [tile.key, left + widthOf([...tiles.slice(0, i), tile]) - tile.width / 2]);
};

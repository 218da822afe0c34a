import type { Box } from "./place.ts";
import type { NodeKind } from "./step.ts";

/** Where a wire may touch a box: a point of its edge, the direction that leads away from it, and how much it is liked. */
export interface Pin {
  readonly x: number;
  readonly y: number;
  readonly away: number;
  readonly cost: number;
}

/** Of each side, in the order of directions (right, down, left, up): what it costs to come in there, and to go out. */
interface Sides {
  readonly into: readonly [number, number, number, number];
  readonly out: readonly [number, number, number, number];
}

const sides: Readonly<Record<"layer" | "function" | "operation", Sides>> = {
  layer: { into: [8, 0, 5, 7], out: [3, 8, 6, 0] },
  function: { into: [5, 0, 0, 1], out: [0, 2, 6, 0] },
  operation: { into: [6, 0, 0, 1], out: [0, 2, 7, 0] },
};

/** Ports have one: the way into the picture, or out of it. */
const portSides: Readonly<Record<"before" | "after" | "given" | "result", number>> = {
  before: 0,
  after: 2,
  given: 3,
  result: 1,
};

export const pinsOf = (kind: NodeKind, { x, y, halfWidth, halfHeight }: Box, way: keyof Sides): ReadonlyArray<Pin> => {
  if (kind === "before" || kind === "after" || kind === "given" || kind === "result")
    return [{ x, y, away: portSides[kind], cost: 0 }];
  const costs = sides[kind][way];
  const across = offsets(halfWidth);
  const down = offsets(halfHeight);
  return [
    ...down.map((offset) => ({ x: x + halfWidth, y: y + offset, away: 0, cost: costs[0] + 2 * Math.abs(offset) })),
    ...across.map((offset) => ({ x: x + offset, y: y + halfHeight, away: 1, cost: costs[1] + 2 * Math.abs(offset) })),
    ...down.map((offset) => ({ x: x - halfWidth, y: y + offset, away: 2, cost: costs[2] + 2 * Math.abs(offset) })),
    ...across.map((offset) => ({
      x: x + offset,
      y: y - halfHeight,
      away: 3,
      cost: costs[3] + (offset === 0 && kind === "layer" && way === "into" ? keptFree : 2 * Math.abs(offset)),
    })),
  ];
};

/** The middle above is where a layer's value goes out. */
const keptFree = 6;

/** From the middle outwards, short of the corners. */
const offsets = (half: number): ReadonlyArray<number> =>
  Array.from({ length: 2 * half - 1 }, (_, i) => i - half + 1).sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);

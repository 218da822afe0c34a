import type { Scale } from "../../views/chart/scale.ts";

/** Between colours that follow each other in even steps. Neither hue alone nor red beside green tells values apart. */
type Ramp = ReadonlyArray<readonly [red: number, green: number, blue: number]>;

/** What shrinks, from nearly the same to much less: lighter to darker blue. */
const shrinking: Ramp = [
  [240, 240, 238],
  [158, 199, 227],
  [62, 136, 191],
  [12, 76, 138],
  [6, 32, 84],
];

/** What grows: lighter to darker orange. */
const growing: Ramp = [
  [240, 240, 238],
  [250, 186, 115],
  [225, 116, 32],
  [160, 62, 6],
  [94, 28, 2],
];

/** From little to much: darker to brighter. */
const increasing: Ramp = [
  [24, 28, 78],
  [31, 84, 135],
  [42, 140, 146],
  [131, 188, 112],
  [250, 224, 84],
];

const between = (ramp: Ramp, share: number): string => {
  const place = share * (ramp.length - 1);
  const below = Math.min(ramp.length - 2, Math.floor(place));
  const [from, to] = [ramp[below]!, ramp[below + 1]!];
  const mixed = from.map((value, i) => Math.round(value + (place - below) * (to[i]! - value)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
};

export type Colouring = (value: number, scale: Scale) => string;

/** By whether a value is below or above 1, and how far. */
export const aroundOne: Colouring = (value, scale) => {
  const [at, one] = [scale.share(value), scale.share(1)];
  if (value <= 1) return between(shrinking, one === 0 ? 0 : (one - at) / one);
  return between(growing, one === 1 ? 0 : (at - one) / (1 - one));
};

export const byAmount: Colouring = (value, scale) => between(increasing, scale.share(value));

import type { Pointwise } from "../circuit.ts";
import { powerOf } from "./pointwise-ranges.ts";
import { mayBeZero, type Range } from "./range.ts";

/** Whether a slope may be infinite or no number, at operands in `x` and `z` where the value lies in `y`. */
type Wild = (x: Range, z: Range, y: Range) => boolean;

const never: Wild = () => false;
const isWild = ({ finite }: Range): boolean => !finite;
/** The slope is bounded, but for what comes of an operand that is infinite. */
const bounded: Wild = (x) => isWild(x);
/** The slope has the operand below a line. */
const below = (x: Range): boolean => mayBeZero(x) || isWild(x);

/** For each operand of each function, whether its slope may be infinite or no number. */
export const wildSlopes: { readonly [P in Pointwise]: ReadonlyArray<Wild> } = {
  neg: [never],
  add: [never, never],
  sub: [never, never],
  mul: [(_, z) => isWild(z), isWild],
  times: [(_, z) => isWild(z), isWild],
  div: [(_, z) => below(z), (_, z, y) => below(z) || isWild(y)],
  pow: [
    (x, z) => isWild(z) || z.least !== z.greatest || (z.least !== 0 && isWild(powerOf(x, z.least - 1))),
    (x, _, y) => isWild(x) || isWild(y),
  ],
  mod: [never, never],
  exp: [(_, __, y) => isWild(y)],
  expm1: [(_, __, y) => isWild(y)],
  log: [(x) => x.least <= 0 || isWild(x)],
  log1p: [(x) => x.least <= -1 || isWild(x)],
  sqrt: [(x) => x.least <= 0 || isWild(x)],
  sin: [bounded],
  cos: [bounded],
  atan: [bounded],
  erf: [bounded],
  tanh: [bounded],
  sigmoid: [bounded],
  softplus: [bounded],
  min: [never, never],
  max: [never, never],
  less: [never, never],
  lessEqual: [never, never],
  equal: [never, never],
  not: [never],
  and: [never, never],
  or: [never, never],
  select: [never, never, never],
  stop: [never],
};

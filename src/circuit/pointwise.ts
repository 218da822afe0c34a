import type { Pointwise } from "./circuit.ts";
import { errorFunction } from "./error-function.ts";

const truth = (holds: boolean): number => (holds ? 1 : 0);

/** The value of each function. `x` is the first operand, `z` the second, `w` the third. */
export const pointwiseValues: { readonly [P in Pointwise]: (x: number, z: number, w: number) => number } = {
  neg: (x) => -x,
  add: (x, z) => x + z,
  sub: (x, z) => x - z,
  mul: (x, z) => x * z,
  times: (x, z) => (x === 0 || z === 0 ? 0 : x * z),
  div: (x, z) => x / z,
  pow: (x, z) => x ** z,
  mod: (x, z) => x - z * Math.floor(x / z),
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  atan: Math.atan,
  erf: errorFunction,
  tanh: Math.tanh,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  min: (x, z) => Math.min(x, z),
  max: (x, z) => Math.max(x, z),
  less: (x, z) => truth(x < z),
  lessEqual: (x, z) => truth(x <= z),
  equal: (x, z) => truth(x === z),
  not: (x) => truth(x === 0),
  and: (x, z) => truth(x !== 0 && z !== 0),
  or: (x, z) => truth(x !== 0 || z !== 0),
  select: (x, z, w) => (x !== 0 ? z : w),
  stop: (x) => x,
};

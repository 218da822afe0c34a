import type { Pointwise } from "../circuit/circuit.ts";
import type { Scalar } from "./loops.ts";

export const number = (value: number): Scalar => ({ tag: "number", value });
export const call = (fn: Pointwise, ...operands: ReadonlyArray<Scalar>): Scalar => ({ tag: "call", fn, operands });
export const choose = (condition: Scalar, then: Scalar, otherwise: Scalar): Scalar => ({
  tag: "choose",
  condition,
  then,
  else: otherwise,
});

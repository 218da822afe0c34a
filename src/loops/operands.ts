import type { Scalar } from "./loops.ts";

/** What a scalar is computed of, one level down. */
export const operandsOf = (scalar: Scalar): ReadonlyArray<Scalar> => {
  switch (scalar.tag) {
    case "call":
      return scalar.operands;
    case "choose":
      return [scalar.condition, scalar.then, scalar.else];
    case "number":
    case "load":
    case "local":
    case "indexValue":
    case "size":
    case "length":
      return [];
  }
};

/** Whether something holds of a scalar or of any part of it. */
export const someIn = (scalar: Scalar, holds: (part: Scalar) => boolean): boolean =>
  holds(scalar) || operandsOf(scalar).some((operand) => someIn(operand, holds));

/** All that a scalar reads of buffers, in the order of the text. */
export const loadsIn = (scalar: Scalar): ReadonlyArray<Extract<Scalar, { tag: "load" }>> => {
  const loads: Array<Extract<Scalar, { tag: "load" }>> = [];
  const left = [scalar];
  for (let next = left.pop(); next !== undefined; next = left.pop())
    if (next.tag === "load") loads.push(next);
    else left.push(...operandsOf(next).toReversed());
  return loads;
};

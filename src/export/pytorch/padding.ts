import type { Axis } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Pointwise } from "../../circuit/circuit.ts";
import { pointwiseRanges } from "../../circuit/ranges/pointwise-ranges.ts";
import { anything, mayBeZero, nothing, type Range, union } from "../../circuit/ranges/range.ts";
import { rangesOf } from "../../circuit/ranges/ranges.ts";
import { wildSlopes } from "../../circuit/ranges/slopes.ts";
import { maskDims } from "./dims.ts";

/**
 * What keeps padding harmless: there inputs are 0, states are set to 0, and a function that might give something infinite or
 * steep is given another operand. So all that stands in padding is finite, and its gradient, 0, stays 0.
 */
export interface Padding {
  /** By operand, what takes its place in padding, where anything must. */
  readonly fills: (id: NodeId) => ReadonlyArray<number | undefined> | undefined;
  /** Whether a value is finite in padding too, and whether where it is read. */
  readonly isTame: (id: NodeId) => boolean;
  readonly isFinite: (id: NodeId, axes: ReadonlyArray<Axis>) => boolean;
  /** Whether a value cannot grow from turn to turn. */
  readonly isBounded: (id: NodeId) => boolean;
}

export const paddingOf = (circuit: Circuit): Padding => {
  const { at } = rangesOf(circuit);
  const ranges: Range[] = [];
  const fills = new Map<NodeId, ReadonlyArray<number | undefined>>();
  circuit.nodes.forEach(({ op, inputs, axes }, id) => {
    const operands = inputs.map((input) => ranges[input] ?? at(input, []));
    if (op.tag === "map") {
      const found = maskDims(axes).length === 0 ? undefined : fillsOf(op.fn, operands);
      if (found !== undefined) fills.set(id, found);
      const [x = nothing, z = nothing, w = nothing] = operands;
      const isAsElsewhere = inputs.every((input, i) => isWithin(operands[i]!, at(input, [])));
      ranges[id] =
        found !== undefined
          ? { ...anything, finite: at(id, axes).finite }
          : isAsElsewhere
            ? at(id, [])
            : pointwiseRanges[op.fn](x, z, w);
    } else if (op.tag === "rename" || op.tag === "slice" || op.tag === "concat" || op.tag === "at")
      ranges[id] = operands.reduce(union, at(id, []));
    else {
      const own = at(id, []);
      ranges[id] = op.tag === "reduce" ? { ...own, finite: own.finite && operands[0]!.finite } : own;
    }
  });
  return {
    fills: (id) => fills.get(id),
    isTame: (id) => ranges[id]!.finite,
    isFinite: (id, axes) => at(id, axes).finite,
    isBounded: (id) => Number.isFinite(ranges[id]!.least) && Number.isFinite(ranges[id]!.greatest),
  };
};

const isWithin = (a: Range, b: Range): boolean =>
  a.least >= b.least && a.greatest <= b.greatest && (a.finite || !b.finite);

const fillsOf = (fn: Pointwise, operands: ReadonlyArray<Range>): ReadonlyArray<number | undefined> | undefined => {
  const [x = nothing, z = nothing, w = nothing] = operands;
  const value = pointwiseRanges[fn](x, z, w);
  const isWild = wildSlopes[fn].some((slope) => slope(x, z, value));
  if (!isWild || operands.length === 0) return undefined;
  const found = operands.map((range, i) => {
    const singular = singularFills[fn]?.[i];
    if (singular !== undefined && (!range.finite || mayBeSingular(fn, range))) return singular;
    return range.finite ? undefined : 0;
  });
  return found.some((fill) => fill !== undefined) ? found : undefined;
};

/** Operands at which a function is steep or undefined, and one at which it is not. */
const singularFills: { readonly [P in Pointwise]?: ReadonlyArray<number | undefined> } = {
  div: [undefined, 1],
  log: [1],
  log1p: [1],
  sqrt: [1],
  pow: [1, undefined],
  exp: [0],
  expm1: [0],
};

const mayBeSingular = (fn: Pointwise, range: Range): boolean => {
  if (fn === "div") return mayBeZero(range);
  if (fn === "exp" || fn === "expm1") return range.greatest > greatestExponent;
  return range.least <= (fn === "log1p" ? -1 : 0);
};

/** Up to here an exponential is finite also in single precision. */
const greatestExponent = 88;

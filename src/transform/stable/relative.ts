import { type Axis, hasAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { finite } from "../../circuit/log-sums.ts";
import { constantOf, type Exponents, exponentOf, plus, times } from "./exponent.ts";

/**
 * A value as exp(size) times one that is near 1: the size is the greatest exponent in it. Nothing depends on the size that
 * was chosen, so no gradient runs through it.
 */
export interface Relative {
  readonly size: NodeId;
  readonly value: NodeId;
}

export const relativeTo = (exponents: Exponents, id: NodeId): Relative => {
  const { b } = exponents;
  const size = b.map("stop", finite(b, greatestExponent(exponents, id)));
  return { size, value: reduced(exponents, id, size) };
};

/** The same along axes: each value relative to the greatest beside it. */
export const relativeAlong = (exponents: Exponents, id: NodeId, axes: ReadonlyArray<Axis>): Relative => {
  const { b } = exponents;
  const size = b.map("stop", finite(b, b.maximum(axes, greatestExponent(exponents, id))));
  return { size, value: reduced(exponents, id, size) };
};

/** The greatest exponent in a sum of exponentials and other values; of one that is no exponential it is 0. */
const greatestExponent = (exponents: Exponents, id: NodeId): NodeId => {
  const { b, isLarge, exponentialOf, remember } = exponents;
  const { op, inputs } = b.node(id);
  if (!isLarge(id)) return b.constant(0);
  return remember(`greatest ${id}`, () => {
    const inner = (place: number): NodeId => greatestExponent(exponents, inputs[place]!);
    if (op.tag === "reduce") return b.maximum(op.over, inner(0));
    if (op.tag === "map") {
      if (op.fn === "add" || op.fn === "sub") return b.map("max", inner(0), inner(1));
      if (op.fn === "neg") return inner(0);
      if (op.fn === "select") return b.map("select", inputs[0]!, inner(1), inner(2));
    }
    const { factor, ...power } = exponentialOf(id);
    const exponent = exponentOf(exponents, power) ?? b.constant(0);
    return isWeight(exponents, factor, exponent)
      ? b.map("select", b.map("equal", factor!, b.constant(0)), b.constant(Number.NEGATIVE_INFINITY), exponent)
      : exponent;
  });
};

/** A weight may be 0 (a mask): however large an exponential is, it then does not count. */
const isWeight = ({ b }: Exponents, factor: NodeId | undefined, exponent: NodeId): boolean =>
  factor !== undefined &&
  constantOf(b, factor) === undefined &&
  withoutAxes(b.node(factor).axes, b.node(exponent).axes).length === 0;

/** A value times exp(-size), where no part of it is larger than it has to be. */
export const reduced = (exponents: Exponents, id: NodeId, size: NodeId): NodeId => {
  const { b, isLarge, exponentialOf, remember } = exponents;
  const { op, inputs } = b.node(id);
  return remember(`${id} relative to ${size}`, () => {
    const inner = (place: number): NodeId => reduced(exponents, inputs[place]!, size);
    if (isLarge(id)) {
      if (op.tag === "reduce" && lacks(b, size, op.over)) return b.sum(op.over, inner(0));
      if (op.tag === "map") {
        if (op.fn === "add" || op.fn === "sub") return b.map(op.fn, inner(0), inner(1));
        if (op.fn === "neg") return b.map("neg", inner(0));
        if (op.fn === "select") return b.map("select", inputs[0]!, inner(1), inner(2));
      }
    }
    const { lead, rest, factor } = exponentialOf(id);
    if (lead === undefined) return times(b, b.map("exp", b.map("neg", size)), id)!;
    const exponent = plus(b, b.map("sub", lead, size), rest)!;
    const power = b.map("exp", isWeight(exponents, factor, exponent) ? capped(b, exponent) : exponent);
    return times(b, power, factor)!;
  });
};

/** What counts is not larger than the size; what does not is kept from overflowing, as 0 times infinity is no number. */
const capped = (b: Builder, exponent: NodeId): NodeId =>
  b.map("select", b.map("less", b.constant(greatestPower), exponent), b.constant(greatestPower), exponent);

const greatestPower = 80;

const lacks = (b: Builder, id: NodeId, axes: ReadonlyArray<Axis>): boolean =>
  axes.every((axis) => !hasAxis(b.node(id).axes, axis));

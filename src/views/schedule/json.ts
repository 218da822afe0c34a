import { longestOf } from "../../circuit/block-count.ts";
import { namedSegmentDims, withSegmentDims } from "../../loops/segments/dims.ts";
import { type Polynomial, polynomialText, valueAt } from "../polynomial.ts";
import type { Part, ScheduleView, Step, Work } from "./view.ts";

/** Greatest lengths by name, and the batch as `B`: formulas that they determine are evaluated too. */
export type Lengths = Readonly<Record<string, number>>;

/** The schedule as plain data: every formula as text, with its value where the lengths determine it. */
export const scheduleJson = (view: ScheduleView, lengths: Lengths = {}): unknown => {
  const formula = (polynomial: Polynomial) => ({
    formula: polynomialText(polynomial, view.dims),
    ...evaluated(view, lengths, polynomial),
  });
  const work = ({ flops, functions }: Work) => ({ flops: formula(flops), functions: formula(functions) });
  const step = ({ product, ...rest }: Step) => ({
    ...rest,
    ...(product === undefined
      ? {}
      : { product: Object.fromEntries(Object.entries(product).map(([side, size]) => [side, formula([size])])) }),
    kept: rest.kept ?? null,
    work: work(rest.work),
  });
  const part = (item: Part): unknown => {
    switch (item.tag) {
      case "scan":
        return { ...item, turns: formula([item.turns]), parts: item.parts.map(part), work: work(item.work) };
      case "map":
        return { ...item, steps: item.steps.map(step), work: work(item.work) };
      case "alone":
        return { ...item, step: step(item.step), work: work(item.work) };
    }
  };
  return {
    ...view,
    parts: view.parts.map(part),
    buffers: view.buffers.map((buffer) => ({ ...buffer, bytes: formula(buffer.bytes) })),
    work: work(view.work),
    bytes: formula(view.bytes),
    span: formula(view.span),
  };
};

/** The value of a formula, if the lengths determine it. */
export const evaluated = (
  { dims, segments }: ScheduleView,
  lengths: Lengths,
  polynomial: Polynomial,
): { readonly value?: number } => {
  const given = dims.map((dim) => longestOf(lengths, dim) ?? Number.NaN);
  const values = withSegmentDims(segments === undefined ? given : given.slice(0, -namedSegmentDims), segments);
  const value = valueAt(polynomial, values);
  return Number.isNaN(value) ? {} : { value };
};

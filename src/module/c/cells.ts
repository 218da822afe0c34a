import type { ModelInfo } from "../../runtime/interface.ts";
import { lengthNames } from "./names.ts";

export type AxisInfo = ModelInfo["axes"][number];

/** An axis of a block of values, or the batch. */
export type BlockAxis = AxisInfo | "batch";

/*
 * In C a frame has the sizes `e` of a call (the batch, then the greatest of each length that is known at run time) and
 * the tables `L` of these lengths.
 */

export const lengthNumber = (model: ModelInfo, length: string): number => lengthNames(model).indexOf(length);

const extentText = (model: ModelInfo, axis: BlockAxis): string => {
  if (axis === "batch") return "e[0]";
  return typeof axis.length === "number" ? String(axis.length) : `e[${1 + lengthNumber(model, axis.length)}]`;
};

/** How many lengths an axis has: one for each example, and of a ragged one for each position of the axes that it stands over. */
export const tableSizeText = (model: ModelInfo, length: string): string =>
  ["e[0]", ...outerAxes(model, length).map((axis) => extentText(model, axis))].reduce((a, b) => `rn_mul(${a}, ${b})`);

/** The axes over which a length has a value of its own. */
export const outerAxes = (model: ModelInfo, length: string): ReadonlyArray<AxisInfo> => {
  const over = model.axes.find((axis) => axis.length === length)?.over ?? [];
  return over.map((name) => model.axes.find((axis) => axis.name === name)!);
};

/** The length of an axis in the example at hand, at the position at hand of what it stands over. */
export const lengthText = (model: ModelInfo, { length }: AxisInfo): string => {
  if (typeof length === "number") return String(length);
  const place = outerAxes(model, length).reduce(
    (at, axis) => `(${at}) * ${extentText(model, axis)} + ${positionName(model, axis)}`,
    "b",
  );
  return `L[${lengthNumber(model, length)}][${place}]`;
};

export const positionName = (model: ModelInfo, axis: BlockAxis): string =>
  axis === "batch" ? "b" : `i${model.axes.indexOf(axis)}`;

/** Loops over the cells of a block in an order; which of them lie within their example is known inside. */
export const loopsOver = (
  model: ModelInfo,
  order: ReadonlyArray<BlockAxis>,
  body: ReadonlyArray<string>,
): ReadonlyArray<string> => [
  ...order.map((axis) => {
    const i = positionName(model, axis);
    return `for (rn_i ${i} = 0; ${i} < ${extentText(model, axis)}; ${i}++)`;
  }),
  "{",
  ...body,
  "}",
];

/** Whether a cell lies within its example; undefined where none can lie outside. */
export const validText = (model: ModelInfo, axes: ReadonlyArray<BlockAxis>): string | undefined => {
  const limits = axes.flatMap((axis) =>
    axis === "batch" || typeof axis.length === "number"
      ? []
      : [`${positionName(model, axis)} < ${lengthText(model, axis)}`],
  );
  return limits.length === 0 ? undefined : limits.join(" && ");
};

/** Where a cell stands in a block. */
export const cellText = (model: ModelInfo, axes: ReadonlyArray<BlockAxis>): string =>
  axes.reduce(
    (at, axis) =>
      at === "" ? positionName(model, axis) : `(${at}) * ${extentText(model, axis)} + ${positionName(model, axis)}`,
    "",
  );

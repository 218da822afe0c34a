import type { Axis } from "../../circuit/axis.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, type Index, type Scalar, scaled } from "../../loops/loops.ts";
import { extentOf, fixed, isRagged, type LengthNames, type Size, times } from "../../loops/size.ts";
import { type Environment, position } from "./environment.ts";

/** How far an axis reaches where the loop stands. */
export const lengthAt = (lengths: LengthNames, axis: Axis, environment: Environment): Scalar =>
  isRagged(axis)
    ? { tag: "length", ...lengthEntry(lengths, axis, environment) }
    : { tag: "size", size: extentOf(lengths)(axis) };

/** The table of an axis's lengths and the entry of it: there is one for each example and each position of outer axes. */
export const lengthEntry = (
  lengths: LengthNames,
  axis: Axis,
  environment: Environment,
): { readonly table: number; readonly index: Index } => {
  if (axis.tag !== "time" || axis.extent.tag !== "length")
    throw new CompilerFault("schedule", "a fixed axis has no table of lengths");
  const { name } = axis.extent;
  const over = axis.extent.over.filter(({ tag }) => tag === "time");
  const outer = over.map(extentOf(lengths));
  const stride = (from: number): Size => outer.slice(from).reduce(times, fixed(1));
  const batch = scaled(position(environment, "@batch"), stride(0));
  return {
    table: lengths.indexOf(name),
    index: over.reduce(
      (index, { key }, i) => addIndex(index, scaled(position(environment, key), stride(i + 1))),
      batch,
    ),
  };
};

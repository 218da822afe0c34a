import { sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import { printVariable } from "../../syntax/print.ts";
import type { Expression, Variable } from "../../syntax/tree.ts";
import { axesIn } from "../scope.ts";
import type { BoundarySlot, Given } from "../system.ts";
import type { Context } from "./context.ts";
import { elaborateWithin } from "./equation.ts";
import { type Index, isInside, normalPosition, showPosition } from "./position.ts";

/**
 * A boundary value becomes a hidden variable over the axes that its indices leave along; `indices` are those of the
 * bounded variable's own axes, without the ones that ride along. Gives the slots; undefined if a problem is reported.
 */
export const elaborateBoundary = (
  context: Context,
  path: string,
  indices: ReadonlyArray<Index>,
  variable: Variable,
  value: Expression,
  by: Given["by"] = "statement",
): ReadonlyArray<BoundarySlot> | undefined => {
  const { name, span } = variable;
  const { assembly, frame } = context;
  const header = assembly.header(path);
  if (header === undefined) return undefined;
  const riding = header.axes.length - indices.length;
  const slots = header.axes.map((axis, i): BoundarySlot | undefined =>
    i < riding ? { tag: "along" } : slotOf(context, axis, indices[i - riding]!, name.text, span),
  );
  if (!slots.every((slot) => slot !== undefined)) return undefined;
  const shown = header.axes.map((axis, i) => showSlot(axis, slots[i]!)).join(",");
  const hidden = `${path}[${shown}]`;
  const axes = header.axes.filter((_, i) => slots[i]!.tag === "along");
  assembly.replace({ path: hidden, name: name.text, origin: "hidden", axes, span });
  assembly.define(hidden, { tag: "equation", value: elaborateWithin(context, hidden, value, context.base) });
  const { within = [] } = assembly.header(hidden) ?? {};
  const given: Given = { by, origin: frame.origin, written: printVariable(variable), within };
  assembly.bound(path, { slots, variable: hidden, given, span });
  return slots;
};

const slotOf = (
  { assembly, scope }: Context,
  axis: TimeAxis,
  index: Index,
  name: string,
  span: Variable["span"],
): BoundarySlot | undefined => {
  if (index.tag === "outside") return index;
  if (index.tag === "shift") {
    if (sameAxis(axis, index.axis) && index.by === 0) return { tag: "along" };
    assembly.report({ tag: "notAnIndex", span, known: axesIn(scope) });
    return undefined;
  }
  const position = normalPosition(axis, index.position);
  if (!isInside(axis, position)) return { tag: "position", position };
  assembly.report({ tag: "badBoundary", span, name });
  return undefined;
};

const showSlot = (axis: TimeAxis, slot: BoundarySlot): string =>
  slot.tag === "along" ? axis.key : slot.tag === "outside" ? "_" : showPosition(axis, slot.position);

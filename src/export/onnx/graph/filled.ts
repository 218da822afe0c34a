import type { Axis } from "../../../circuit/axis.ts";
import { int } from "./attributes.ts";
import { extentOf, isRunTime } from "./extents.ts";
import { operation, type Scope, wholes } from "./scope.ts";

/**
 * What a caller gives over `axes`, with at least one position along each: a batch of nothing but empty sequences has none,
 * and there is no `Scan` over no positions.
 */
export const filled = (root: Scope, name: string, axes: ReadonlyArray<Axis>): string => {
  if (!axes.some(isRunTime)) return name;
  const extents = axes.map((axis, place) =>
    isRunTime(axis)
      ? extentOf(root, axis)
      : operation(root, "Shape", [name], { start: int(place), end: int(place + 1) }, `${name}_extent`),
  );
  const wanted = extents.length === 1 ? extents[0]! : operation(root, "Concat", extents, { axis: int(0) }, "shape");
  const lacking = operation(
    root,
    "Sub",
    [wanted, operation(root, "Shape", [name], {}, `${name}_shape`)],
    {},
    "lacking",
  );
  const zeros = wholes(
    root,
    axes.map(() => 0),
  );
  const pads = operation(root, "Concat", [zeros, lacking], { axis: int(0) }, "pads");
  return operation(root, "Pad", [name, pads], {}, `${name}_filled`);
};

import { logarithmic } from "../../views/chart/scale.ts";
import { byAmount } from "./colours.ts";
import { heatMap } from "./heat-map.ts";
import type { Portrait } from "./portrait.ts";
import { movedLetter, type Row } from "./row.ts";

/** The terms of the gradient by each recurrent matrix, before and after training in the same colours. */
export const termRows = ({ flows }: Portrait): ReadonlyArray<Row> => {
  const scale = logarithmic(flows.flatMap(({ flow }) => flow.terms.flatMap(({ norms }) => norms.flat())));
  return flows.flatMap(({ when, flow }) => {
    if (flow.terms.length === 0) return [];
    const panels = flow.terms.map(({ name, axis, positions, norms }) => {
      const k = movedLetter(axis);
      const title = `‖∂L[${axis}]/∂${name}‖ by ${name} at ${k}`;
      return heatMap({ title, x: axis, y: k, positions, values: norms, scale, colour: byAmount });
    });
    const heading = "Terms of the gradient by recurrent matrices";
    const notes = [
      "Their sum over both positions, before lengths are taken, is the gradient by what stands in the recurrence.",
    ];
    return [{ heading: when === "" ? heading : `${heading}, ${when}`, notes, panels }];
  });
};

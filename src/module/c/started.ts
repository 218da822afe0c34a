import type { CContents } from "./contents.ts";
import { countText, rowsOf } from "./layouts.ts";
import { placeText, resultsOf } from "./places.ts";

/**
 * What a start leaves for a step: where it stands behind `first`, whose offsets have a name, and where a step reads it; its
 * rows there, if it has any, and whether it was left with a row for each, or with one for all.
 */
export const startedOf = ({ model, programs }: CContents, offsets: string) => {
  const [start, step] = [programs.start!, programs.step!];
  return resultsOf(start, "state").flatMap((slot) => {
    const leaf = step.program.leaves.find(({ name }) => name === slot.name);
    if (leaf === undefined) return [];
    return [
      {
        name: slot.name,
        to: placeText(leaf),
        from: placeText(slot).replace("M + o[", `first + ${offsets}[`),
        rows: rowsOf(model, step, leaf),
        count: countText(model, step, leaf),
        isEach: rowsOf(model, start, slot) !== undefined,
      },
    ];
  });
};

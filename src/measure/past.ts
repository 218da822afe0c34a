import type { DeclaredVariable } from "../data/coding/declared.ts";
import { numberOf } from "../data/coding/encode.ts";
import { sharesAxis } from "../data/coding/fields.ts";
import type { Stretch } from "../data/coding/values.ts";
import type { ModelInfo } from "../runtime/interface.ts";
import { givenIn } from "./flat.ts";
import { actualAt } from "./observations.ts";
import type { Series } from "./season.ts";
import type { Situation } from "./situation.ts";
import type { MeasuredTarget } from "./target.ts";

/** A target's own values in the order of time, in which row a place stands, and the last row that is known there. */
export interface Past {
  readonly values: Series;
  readonly row: (place: number) => number;
  readonly known: (place: number) => number;
}

/** How the past of a target is seen, if it is a series. */
export type PastOf = (situation: Situation) => Past | undefined;

/**
 * In windows, what the rows of the window say; without windows, of a target over one axis that grows with the data, what
 * stands before each value, if the model reads that or an input along the axis.
 */
export const pastOf = (
  model: ModelInfo,
  declared: ReadonlyArray<DeclaredVariable>,
  stretch: Stretch,
  target: MeasuredTarget,
): PastOf | undefined => {
  const variable = declared.find(({ name }) => name === target.variable);
  if (variable === undefined || target.field === undefined || target.indices.length > 1) return undefined;
  const shares = sharesAxis(declared, variable);
  if (stretch.window !== undefined) return inWindow(target, target.field, shares, stretch.window, stretch.ahead);
  const axis = model.axes.find(({ name }) => name === target.indices[0]);
  const isRead = model.randoms.some(({ target: name, reads = [] }) => name === target.variable && reads.length > 0);
  return typeof axis?.length === "string" && (shares || isRead) ? inSequence(target) : undefined;
};

const inWindow =
  ({ indices, width }: MeasuredTarget, field: string, shares: boolean, window: number, ahead: number): PastOf =>
  ({ sample }) => {
    if (sample === undefined || sample.fields !== undefined) return undefined;
    const values = sample.rows.map(({ fields }) => numberOf(fields[field]));
    const at = (place: number): number => Math.floor(place / width);
    if (indices.length === 0) return { values, row: () => window + ahead - 1, known: () => window - 1 };
    return shares
      ? { values, row: (place) => at(place) + ahead, known: at }
      : { values, row: (place) => window + at(place), known: () => window - 1 };
  };

const inSequence =
  (target: MeasuredTarget): PastOf =>
  ({ example }) => {
    const given = givenIn(target, example);
    // One value stands at each position.
    const of = given.flatMap((_, place) => ((target.component ?? 0) === place % target.width ? [place] : []));
    const numbers = actualAt(target, example, Int32Array.from(of));
    const values = of.map((place, i) => (given[place] === null ? undefined : numbers[i]!));
    const row = (place: number): number => Math.floor(place / target.width);
    return { values, row, known: (place) => row(place) - 1 };
  };

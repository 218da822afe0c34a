import type { Slot } from "../../loops/loops.ts";
import { lengthNumber } from "./cells.ts";
import type { CContents } from "./contents.ts";
import { endingsOf } from "./marks.ts";
import { dataLeaves, type Random, roundsOf } from "./places.ts";
import { insideAxes } from "./variables.ts";

/** A `~` that a search finds values of, round by round. */
export interface Tilde {
  readonly random: Random;
  /** Where a step reads it, if it does. */
  readonly leaf: Slot | undefined;
  /** How often the numbers of one row stand, in the sizes of a call. */
  readonly outer: string;
  /** The symbol that ends a sequence. */
  readonly until: number | undefined;
}

export const tildesOf = (contents: CContents): ReadonlyArray<Tilde> =>
  roundsOf(contents)
    .flat()
    .map((random) => ({
      random,
      leaf: dataLeaves(contents.programs.step!).find(({ name }) => name === random.target),
      outer: outerOf(contents, random),
      until: endingsOf(contents).find(({ target }) => target === random.target)?.until,
    }));

const outerOf = ({ model }: CContents, { variable }: Random): string =>
  insideAxes(model, variable, model.streamable)
    .flatMap((axis) => {
      if (axis === "batch") return [];
      return [typeof axis.length === "number" ? String(axis.length) : `e[${1 + lengthNumber(model, axis.length)}]`];
    })
    .join(" * ") || "1";

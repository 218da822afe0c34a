import { type Choice, choicesWithout, type Without } from "../../circuit/optimisation.ts";
import { bestCommonChoices, type CommonChoices, commonOptimisations } from "../choices.ts";
import { isVectorisable } from "../vectorisable.ts";

/** Every choice in printing loops as C that is made for the sake of speed. */
export interface CChoices extends CommonChoices {
  /** Which loops are taken a vector at a time. */
  readonly isVectorisable: typeof isVectorisable;
}

const bestC: CChoices = { ...bestCommonChoices, isVectorisable };

export const cOptimisations: ReadonlyArray<Choice<CChoices>> = [
  {
    name: "c-vector-loops",
    description: "takes neighbouring turns of a loop at once, in C",
    plainly: { isVectorisable: () => false },
  },
];

export const cWithout = (without: Without): CChoices =>
  choicesWithout<CChoices>(bestC, [...commonOptimisations, ...cOptimisations], without);

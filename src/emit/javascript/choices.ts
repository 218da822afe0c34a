import { type Choice, choicesWithout, type Without } from "../../circuit/optimisation.ts";
import { bestCommonChoices, type CommonChoices, commonOptimisations } from "../choices.ts";
import { readOnceBelow } from "./inlined.ts";

/** Every choice in printing loops as JavaScript that is made for the sake of speed. */
export interface JavaScriptChoices extends CommonChoices {
  /** The kernel of a matrix product. */
  readonly productKernel: "product" | "productInPlace";
  /**
   * Whether functions take their operands from memory and leave their results there: engines allocate numbers that are
   * given to a function or returned by it where they do not write it out.
   */
  readonly isLean: boolean;
  /** Which values of a body are written where they are read. */
  readonly readOnce: typeof readOnceBelow;
}

export const bestJavaScript: JavaScriptChoices = {
  ...bestCommonChoices,
  productKernel: "product",
  isLean: false,
  readOnce: readOnceBelow,
};

export const javascriptOptimisations: ReadonlyArray<Choice<JavaScriptChoices>> = [
  {
    name: "panels",
    description: "copies the operands of matrix products side by side as doubles, but for the smallest, in JavaScript",
    plainly: { productKernel: "productInPlace" },
  },
  {
    name: "values-in-place",
    description: "writes a value where it is read if only the next statement reads it, in JavaScript",
    plainly: { readOnce: () => new Set() },
  },
];

export const javascriptWithout = (without: Without): JavaScriptChoices =>
  choicesWithout<JavaScriptChoices>(bestJavaScript, [...commonOptimisations, ...javascriptOptimisations], without);

import type { Model } from "../circuit/model.ts";
import { match } from "../match.ts";
import { adjointEquations, adjointListing } from "./adjoint.ts";
import { listingLatex } from "./latex.ts";
import type { Listing } from "./listing.ts";
import { modelEquations, modelListing, type Orders } from "./model-equations.ts";
import { adjointProgram, modelProgram } from "./program-text.ts";
import { listingText } from "./text.ts";
import { asWritten } from "./written.ts";

/** How equations are printed: one a line, in LaTeX's mathematics, or as a program of the language. */
export type EquationFormat = "text" | "latex" | "rnn";

/** A model's equations after elaboration: no cells, no families, the user's names. */
export const equationsOf = (model: Model, format: EquationFormat, orders: Orders = new Map()): string =>
  printed(format, {
    listing: () => modelListing(modelEquations(asWritten(model), { loss: "loss", orders })),
    program: () => modelProgram(model, orders).text,
  });

/** The gradient of a model's loss by its parameters as equations: the adjoints, then the gradients. Empty without a loss. */
export const adjointOf = (model: Model, format: EquationFormat, orders: Orders = new Map()): string =>
  printed(format, {
    listing: () => adjointListing(adjointEquations(model, { orders })),
    program: () => (hasLoss(model) ? adjointProgram(model, orders).text : ""),
  });

const hasLoss = ({ circuit }: Model): boolean => circuit.outputs.some(({ role }) => role === "loss");

const printed = (
  format: EquationFormat,
  { listing, program }: { readonly listing: () => Listing; readonly program: () => string },
): string =>
  match<{ readonly tag: EquationFormat }, string>({
    text: () => listingText(listing()),
    latex: () => listingLatex(listing()),
    rnn: program,
  })({ tag: format });

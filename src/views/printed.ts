import type { Model } from "../circuit/model.ts";
import { match } from "../match.ts";
import { adjointEquations, adjointListing } from "./adjoint.ts";
import { knownOf } from "./latex/known.ts";
import { type Known, listingLatex } from "./latex/listing.ts";
import type { Layout } from "./latex/notation.ts";
import type { Listing } from "./listing.ts";
import { type ModelEquations, modelEquations, modelListing, type Orders } from "./model-equations.ts";
import { adjointProgram, modelProgram } from "./program-text.ts";
import { listingText } from "./text.ts";
import { asWritten } from "./written.ts";

/** How equations are printed: one a line, in LaTeX's mathematics, or as a program of the language. */
export type EquationFormat = "text" | "latex" | "rnn";

/** The layout of derivatives counts in LaTeX alone: elsewhere the derivative by a column is a column. */
export interface PrintOptions {
  readonly orders?: Orders;
  readonly layout?: Layout;
}

interface Shown {
  readonly listing: Listing;
  readonly known: Known;
}

/** A model's equations after elaboration: no cells, no families, the user's names. */
export const equationsOf = (
  model: Model,
  format: EquationFormat,
  { orders = new Map(), layout }: PrintOptions = {},
): string =>
  printed(format, layout, {
    shown: () => {
      const written = asWritten(model);
      const equations = modelEquations(written, { loss: "loss", orders });
      return { listing: modelListing(equations), known: knownOf(written, equations.system, lossName(equations)) };
    },
    program: () => modelProgram(model, orders).text,
  });

/** The gradient of a model's loss by its parameters as equations: the adjoints, then the gradients. Empty without a loss. */
export const adjointOf = (
  model: Model,
  format: EquationFormat,
  { orders = new Map(), layout }: PrintOptions = {},
): string =>
  printed(format, layout, {
    shown: () => {
      const equations = adjointEquations(model, { orders });
      return { listing: adjointListing(equations), known: knownOf(model, equations.system) };
    },
    program: () => (hasLoss(model) ? adjointProgram(model, orders).text : ""),
  });

const hasLoss = ({ circuit }: Model): boolean => circuit.outputs.some(({ role }) => role === "loss");

const lossName = ({ system }: ModelEquations): string | undefined => {
  const loss = system.circuit.outputs.find(({ role }) => role === "loss")?.node;
  return loss === undefined ? undefined : system.names.get(loss);
};

const printed = (
  format: EquationFormat,
  layout: Layout | undefined,
  { shown, program }: { readonly shown: () => Shown; readonly program: () => string },
): string =>
  match<{ readonly tag: EquationFormat }, string>({
    text: () => listingText(shown().listing),
    latex: () => {
      const { listing, known } = shown();
      return listingLatex(listing, layout === undefined ? known : { ...known, layout });
    },
    rnn: program,
  })({ tag: format });

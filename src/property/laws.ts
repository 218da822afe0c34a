import fc from "fast-check";
import type { Checkable } from "../check/loss-near.ts";
import type { CompiledModel } from "../runtime/interface.ts";
import { batchOrderDoesNotMatter, neighboursDoNotMatter, paddingDoesNotMatter } from "./batch.ts";
import { gradientAgreesWithDifferences, type LawOptions } from "./gradient.ts";
import { type Law, mustBeInDoubles } from "./law.ts";
import { chunksEqualWhole, isCuttable, stepEqualsForward } from "./stream.ts";

/** A law under the name of its test; `check` fails with a counterexample if it does not hold. */
export interface NamedLaw {
  readonly name: string;
  readonly check: (runs?: Runs) => void;
}

/** How often a law is tried, and from what seed: what fast-check is told. */
export type Runs = Pick<fc.Parameters<unknown>, "numRuns" | "seed" | "path">;

/** The laws that hold for a model compiled in f64, whatever it is. */
export const lawsOf = (model: Checkable, options: LawOptions = {}): ReadonlyArray<NamedLaw> => {
  mustBeInDoubles(model);
  return laws
    .filter(({ applies }) => applies(model))
    .map(({ name, check }) => ({ name, check: (runs) => check(model, options, runs) }));
};

interface Listed {
  readonly name: string;
  readonly check: (model: Checkable, options: LawOptions, runs?: Runs) => void;
  readonly applies: (model: CompiledModel) => boolean;
}

const checking =
  <Given extends [unknown, ...Array<unknown>]>(law: (model: Checkable, options: LawOptions) => Law<Given>) =>
  (model: Checkable, options: LawOptions, runs: Runs = {}): void =>
    fc.assert(law(model, options), runs);

const streams = (model: CompiledModel): boolean => model.model.streamable !== null && isCuttable(model);
const namesNoPosition = ({ model }: CompiledModel): boolean =>
  model.required.every(({ axis }) => axis !== model.streamable);

const laws: ReadonlyArray<Listed> = [
  {
    name: "the gradient agrees with differences",
    check: checking(gradientAgreesWithDifferences),
    applies: ({ model }) => model.hasLoss && model.params.some(({ fixed }) => fixed !== true),
  },
  { name: "padding does not matter", check: checking(paddingDoesNotMatter), applies: () => true },
  { name: "the neighbours in a batch do not matter", check: checking(neighboursDoNotMatter), applies: () => true },
  { name: "the order of a batch does not matter", check: checking(batchOrderDoesNotMatter), applies: () => true },
  { name: "stepping equals the whole", check: checking(stepEqualsForward), applies: streams },
  {
    name: "chunks equal the whole",
    check: checking(chunksEqualWhole),
    applies: (model) => streams(model) && model.model.hasLoss && namesNoPosition(model),
  },
];

import * as E from "fp-ts/lib/Either.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import type { Model } from "../circuit/model.ts";
import { isStandard } from "../std/library.ts";
import { type Diagnostic, firstShown } from "../syntax/diagnostic.ts";
import type { Definition, Program } from "../syntax/tree.ts";
import { beyondAxes } from "./beyond-axes.ts";
import { causalityProblems } from "./causality.ts";
import { assembleModel } from "./circuit/assemble.ts";
import { pathProblems, vanishing, withDerivatives } from "./circuit/derivatives.ts";
import { withoutCircularFalls } from "./circular-falls.ts";
import { constantMatrices } from "./constant-matrices.ts";
import { countingProblems } from "./counting.ts";
import { dependenciesOf } from "./dependencies.ts";
import { derivativeProblems, withReadDerivatives } from "./derivatives.ts";
import { explain } from "./explain.ts";
import { withGates } from "./gates/gates.ts";
import { headProblems } from "./heads.ts";
import { instantiate } from "./instantiate/instantiate.ts";
import { endingProblems } from "./instantiate/until.ts";
import { definitionsOf, type Home, type Load } from "./library.ts";
import { missingBoundaries } from "./missing.ts";
import { numberProblems } from "./numbers.ts";
import { computingOrder } from "./order.ts";
import { positionProblems } from "./positions.ts";
import type { Problem } from "./problem.ts";
import { raggedProblems } from "./ragged.ts";
import { reachableFrom, unusedIn } from "./reachable.ts";
import { inferShapes } from "./shape/infer.ts";
import { sizeProblems } from "./sizes.ts";
import { symbolProblems } from "./symbols.ts";
import type { System } from "./system.ts";
import { unmentioned } from "./unmentioned.ts";
import { unreadBoundaries, vainOverrides } from "./unread.ts";

export interface ElaborateOptions {
  /** Which model, if the program has several. */
  readonly model?: string;
  /** Values of the model's static parameters: numbers, or names of cells and functions. */
  readonly statics: Readonly<Record<string, number | string>>;
  readonly load: Load;
}

/**
 * From a syntax tree to the circuit of one example: names and cells are written out to a flat system of equations,
 * shapes are inferred, causality is checked, and what is right is built.
 */
export const elaborate =
  (options: ElaborateOptions) =>
  (program: Program): E.Either<NonEmptyArray<Diagnostic>, Model> => {
    const found: Problem[] = [];
    const home = definitionsOf(program, options.load, (problem) => void found.push(problem));
    const chosen = chooseModel(program, options.model);
    if (E.isLeft(chosen)) return E.left([explain(chosen.left)]);
    const { system: written, problems } = instantiate(chosen.right, options.statics, home);
    // What is too large is not written out: what else seems wrong may only be missing.
    const tooLarge = problems.filter(({ tag }) => tag === "tooLarge");
    if (tooLarge.length > 0) return E.left(refused([...found, ...tooLarge]));
    const gated = withGates(written);
    const system = withoutCircularFalls(withReadDerivatives(gated.system));
    const reached = reachableFrom(system);
    const needed = new Set([...reached, ...inputsOf(system)]);
    const shapes = inferShapes(system, problems.length > 0 ? new Set() : needed);
    const dependencies = dependenciesOf(system);
    const wrong = [
      ...found,
      ...headProblems(program),
      ...problems
        .filter((problem) => !isLostImport(program, home, problem))
        .map((problem) => (isStandardCell(problem) ? { ...problem, standard: true } : problem)),
      ...gated.problems,
      ...shapes.problems,
      ...countingProblems(system, shapes),
      ...positionProblems(system),
      ...symbolProblems(system, shapes),
      ...numberProblems(system, shapes),
      ...missingBoundaries(system),
      ...(problems.length > 0 ? [] : endingProblems(system)),
      ...raggedProblems(system),
      ...derivativeProblems(written),
      ...causalityProblems(system, dependencies),
    ];
    const warnings = [
      ...unusedIn(system, reached),
      ...unreadBoundaries(system, reached),
      ...unmentioned(program, chosen.right),
      ...constantMatrices(system, shapes),
      ...beyondAxes(system),
    ];
    // What is defined twice leaves every reading as it is.
    const vain = problems.every(({ tag }) => tag === "definedTwice") ? vainOverrides(system) : [];
    const all = [...wrong, ...vain];
    const last = all.length > 0 ? all : sizeProblems(system, shapes);
    if (last.length > 0) return E.left(refused(last));
    const model = assembleModel(system, shapes, computingOrder(needed, dependencies), reached, []);
    const blocked = pathProblems(model.circuit);
    if (blocked.length > 0) return E.left(refused(blocked));
    const shown = firstShown(distinct([...warnings, ...vanishing(model.circuit)]), explain);
    return E.right({ ...withDerivatives(model), warnings: shown });
  };

const refused = (problems: ReadonlyArray<Problem>): NonEmptyArray<Diagnostic> =>
  firstShown(distinct(problems), explain) as NonEmptyArray<Diagnostic>;

/** A name that could not be imported is missing wherever it stands; that was reported at the import. */
const isLostImport = ({ imports }: Program, home: Home, problem: Problem): boolean =>
  problem.tag === "unknownName" &&
  !home.has(problem.name) &&
  imports.some(({ names }) => names.some(({ text }) => text === problem.name));

/** Whether what is unknown is a cell that was only not imported. */
const isStandardCell = (problem: Problem): boolean => problem.tag === "unknownName" && isStandard(problem.name);

/** A cell that is applied twice has its mistakes once: of the facts, only how it was reached may differ. */
const distinct = (problems: ReadonlyArray<Problem>): ReadonlyArray<Problem> => [
  ...new Map(
    problems.map((problem) => [JSON.stringify({ ...problem, known: undefined, within: undefined }), problem]),
  ).values(),
];

/** Inputs belong to the model's interface even where nothing needs them. */
const inputsOf = ({ variables }: System): ReadonlyArray<string> =>
  [...variables.values()].flatMap(({ path, meaning }) => (meaning.tag === "input" ? [path] : []));

const chooseModel = (
  { definitions, span }: Program,
  wanted: string | undefined,
): E.Either<Problem, Extract<Definition, { readonly tag: "model" }>> => {
  const models = definitions.filter((definition) => definition.tag === "model");
  const [only, ...others] = wanted === undefined ? models : models.filter(({ name }) => name.text === wanted);
  if (only !== undefined && (wanted !== undefined || others.length === 0)) return E.right(only);
  const known = models.map(({ name }) => name.text);
  // The whole file is meant, but its first place is enough to see.
  return E.left({
    tag: "noModel",
    span: { ...span, end: span.start },
    known,
    ...(wanted === undefined ? {} : { wanted }),
  });
};

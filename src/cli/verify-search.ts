import * as E from "fp-ts/lib/Either.js";
import { alternatives } from "../export/verify/alternatives.ts";
import { lengthNames } from "../export/verify/batch.ts";
import { compared, firstDifference } from "../export/verify/compared.ts";
import { agreesWithout, stages, usedByOne, withZeros, zeroedText } from "../export/verify/experiments.ts";
import { hintsOf } from "../export/verify/hints.ts";
import { type CaseSpec, shrunk } from "../export/verify/shrink.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import type { Failure } from "./failure.ts";
import { type DrawnCase, drawnCase, expectedOf, type Outcome, type RunCase, runCases } from "./verify-cases.ts";
import { compiledAt, type Setting, type Verification } from "./verify-setting.ts";

type Sizes = CaseSpec["sizes"];

/** What is asked again and again is made once. */
export type Settings = (sizes: Sizes) => Promise<E.Either<Failure, Setting>>;

/** From a case that differs to the smallest that does. */
export const smallestOf = async (
  of: Verification,
  settings: Settings,
  found: RunCase,
  single: ReadonlyArray<string>,
): Promise<RunCase> => {
  const judge = async (specs: ReadonlyArray<CaseSpec>): Promise<ReadonlyArray<RunCase | undefined>> => {
    const drawn: Array<{ readonly i: number; readonly each: DrawnCase }> = [];
    for (const [i, spec] of specs.entries()) {
      const setting = await settings(spec.sizes);
      const each = E.isLeft(setting) ? undefined : drawnCase(setting.right, spec);
      if (each !== undefined) drawn.push({ i, each });
    }
    const answers = await runCases(
      of,
      drawn.map(({ each }) => each),
    );
    const outcomes = E.isLeft(answers) ? [] : answers.right;
    return specs.map((_, i) => {
      const outcome: Outcome | undefined = outcomes[drawn.findIndex((each) => each.i === i)];
      return outcome !== undefined && E.isRight(outcome) && differs(of, outcome.right) ? outcome.right : undefined;
    });
  };
  return (await shrunk(found.drawn.spec, found, single, judge)).difference;
};

export const differs = ({ options }: Verification, { comparison }: RunCase): boolean =>
  firstDifference(comparison, options.tolerance) !== undefined;

/** Likely causes: another loss of the batch, which explains all cases; other links, of the first; what the smallest shows. */
export const causesOf = async (
  of: Verification,
  all: ReadonlyArray<RunCase>,
  first: RunCase,
  smallest: RunCase,
): Promise<ReadonlyArray<string>> => {
  const scales = otherScales(of, all);
  if (scales.length > 0) return scales;
  const others = await otherLinks(of, first);
  if (others.length > 0) return others;
  const unused = unusedHints(all);
  const { comparison, drawn } = smallest;
  const lengths = lengthNames(drawn.setting.compiled.model).flatMap((name) => {
    const told = drawn.tensors[name];
    return told === undefined ? [] : [[name, told] as const];
  });
  const difference = firstDifference(comparison, of.options.tolerance)!;
  const told = [...hintsOf(difference, comparison, lengths, of.options.tolerance), ...paddedMean(of, all)];
  const isTold = unused.length > 0 || told.length > 0 || difference.of === "gradient";
  return [...unused, ...told, ...(isTold ? [] : await zeroedHints(of, first))];
};

const unusedHints = (all: ReadonlyArray<RunCase>): ReadonlyArray<string> => {
  const { byModel, byModule } = usedByOne(
    all.map(({ drawn, computed }) => ({ expected: drawn.expected, computed, links: drawn.setting.links })),
  );
  return [
    ...(byModel.length === 0
      ? []
      : [`PyTorch does not use ${byModel.join(", ")}: the gradient is 0 there, and in the model it is not`]),
    ...(byModule.length === 0
      ? []
      : [`the model does not use ${byModule.join(", ")}: the gradient is 0 there, and in PyTorch it is not`]),
  ];
};

/** So many are told of those that are found. */
const mostTold = 3;

/** Parameters without which there is no difference: of the first stage that has some. */
const zeroedHints = async (of: Verification, { drawn }: RunCase): Promise<ReadonlyArray<string>> => {
  const { compiled, links } = drawn.setting;
  for (const stage of stages(Object.keys(drawn.expected.gradient))) {
    const tries = stage.map((zeroed): DrawnCase => {
      const params = withZeros(drawn.params, zeroed);
      return { ...drawn, params, expected: expectedOf(compiled, params, drawn.batch) };
    });
    const answers = await runCases(of, tries);
    if (E.isLeft(answers)) return [];
    const found = stage.filter((zeroed, i) => {
      const outcome = answers.right[i]!;
      return (
        E.isRight(outcome) &&
        agreesWithout(
          zeroed,
          drawn.expected,
          outcome.right.drawn.expected,
          outcome.right.computed,
          links,
          of.options.tolerance,
        )
      );
    });
    if (found.length > 0) return found.slice(0, mostTold).map(zeroedText);
  }
  return [];
};

const scaleWords: Readonly<Record<LossScale, string>> = {
  sum: "the sum over the examples",
  mean: "the mean over the examples",
  perObservation: "the mean over the observed values",
};

const asked = ({ options }: Verification): LossScale => options.loss ?? "mean";

const otherScales = (of: Verification, all: ReadonlyArray<RunCase>): ReadonlyArray<string> =>
  (Object.keys(scaleWords) as ReadonlyArray<LossScale>)
    .filter((scale) => scale !== asked(of) && all.every((one) => agreesUnder(of, one, scale)))
    .map(
      (scale) =>
        `the module's loss is ${scaleWords[scale]}, and rnnc's ${scaleWords[asked(of)]}: with --loss ${scale} they agree`,
    );

const agreesUnder = (of: Verification, { drawn, computed }: RunCase, scale: LossScale): boolean => {
  const compiled = compiledAt(of, drawn.spec.sizes, scale);
  if (E.isLeft(compiled)) return false;
  const expected = expectedOf(compiled.right, drawn.params, drawn.batch);
  return firstDifference(compared(expected, computed, drawn.setting.links), of.options.tolerance) === undefined;
};

/** The sum over the examples divided by all positions, padding among them. */
const paddedMean = (of: Verification, all: ReadonlyArray<RunCase>): ReadonlyArray<string> => {
  const names = [...new Set(all.flatMap(({ drawn }) => Object.keys(drawn.batch.longest)))];
  return names
    .filter((name) =>
      all.every(({ drawn, computed }) => {
        const compiled = compiledAt(of, drawn.spec.sizes, "sum");
        if (E.isLeft(compiled)) return false;
        const { loss } = expectedOf(compiled.right, drawn.params, drawn.batch);
        const mean = loss / (drawn.batch.size * drawn.batch.longest[name]!);
        return Math.abs(mean - Number(computed.loss)) <= of.options.tolerance * Math.abs(mean);
      }),
    )
    .map((name) => `the module's loss is the mean over all positions up to the longest ${name}, padding among them`);
};

const otherLinks = async (of: Verification, { drawn }: RunCase): Promise<ReadonlyArray<string>> => {
  const others = alternatives(drawn.setting.links, drawn.setting.tensors);
  const answers = await runCases(
    of,
    others.map(() => drawn),
    (_, i) => others[i]!.links,
  );
  if (E.isLeft(answers)) return [];
  const found = answers.right.findIndex((outcome) => E.isRight(outcome) && !differs(of, outcome.right));
  return found < 0 ? [] : [others[found]!.tells];
};

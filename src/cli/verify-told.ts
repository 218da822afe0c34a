import * as E from "fp-ts/lib/Either.js";
import { type Difference, firstDifference } from "../export/verify/compared.ts";
import { tableOf } from "../table.ts";
import type { Failure } from "./failure.ts";
import { document } from "./json.ts";
import type { Terminal } from "./terminal.ts";
import type { RunCase } from "./verify-cases.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** All cases; where something differs, the smallest case that does, and likely causes. */
export interface Verdict {
  readonly model: string;
  readonly module: string;
  readonly cases: ReadonlyArray<RunCase>;
  readonly least?: RunCase;
  readonly causes?: ReadonlyArray<string>;
  /** What was not compared. */
  readonly notes: ReadonlyArray<string>;
}

export const verdictTold = (terminal: Terminal, options: VerifyOptions, verdict: Verdict): E.Either<Failure, void> => {
  terminal.out(options.json ? document(documentOf(options, verdict)) : textOf(options, verdict));
  return verdict.least === undefined
    ? E.right(undefined)
    : E.left({ tag: "different", text: `${verdict.model} and ${verdict.module} of ${options.against} differ.\n` });
};

interface Row {
  readonly path: string;
  readonly shape: ReadonlyArray<number>;
  readonly tensors: ReadonlyArray<string>;
  readonly error: number;
}

/** Of each parameter that is learned the greatest error of all cases; shapes are those of the first. */
const rowsOf = ({ cases }: Verdict): ReadonlyArray<Row> => {
  const [first] = cases;
  return first!.comparison.parameters.map(({ path }) => {
    const link = first!.drawn.setting.links.find((each) => each.path === path)!;
    const errors = cases.map(({ comparison }) => comparison.parameters.find((each) => each.path === path)!.error);
    return { path, shape: link.shape, tensors: link.parts.map(({ written }) => written), error: Math.max(...errors) };
  });
};

const lossError = ({ cases }: Verdict): number => Math.max(...cases.map(({ comparison }) => comparison.loss.error));

/** A case in the words of a user. */
const describedCase = ({ drawn }: RunCase) => ({
  seed: drawn.spec.seed,
  sizes: drawn.spec.sizes,
  batch: drawn.batch.size,
  lengths: Object.fromEntries(
    Object.entries(drawn.batch.lengths).map(([name, lengths]) => [name, Array.from(lengths)]),
  ),
});

const documentOf = (options: VerifyOptions, verdict: Verdict) => {
  const { model, module, cases, least, causes = [], notes } = verdict;
  return {
    model,
    module,
    agrees: least === undefined,
    tolerance: options.tolerance,
    cases: cases.map((one) => describedCase(one)),
    loss: { error: lossError(verdict) },
    parameters: rowsOf(verdict),
    notes,
    difference:
      least === undefined
        ? null
        : { ...firstDifference(least.comparison, options.tolerance), case: describedCase(least), causes },
  };
};

const textOf = (options: VerifyOptions, verdict: Verdict): string => {
  const { model, module, cases, least, causes = [], notes } = verdict;
  const says = (error: number): string => (error <= options.tolerance ? "agrees" : "DIFFERS");
  const loss = lossError(verdict);
  const table = tableOf([
    ["", "shape", "PyTorch", "greatest error", ""],
    ["loss", "", "", loss.toExponential(1), says(loss)],
    ...rowsOf(verdict).map(({ path, shape, tensors, error }) => [
      `∂loss/∂${path}`,
      `[${shape.join(", ")}]`,
      tensors.join(" + "),
      error.toExponential(1),
      says(error),
    ]),
  ]);
  const cased = `${cases.length} ${cases.length === 1 ? "case" : "cases"}`;
  return [
    `${model} beside ${module} of ${options.against}: ${cased}, each with sizes, lengths and values of its own, tolerance ${options.tolerance}`,
    "",
    ...table,
    "",
    ...notes.map((note) => `${note}.`),
    ...(least === undefined ? ["They agree."] : differenceText(options, least, causes)),
    "",
  ].join("\n");
};

const differenceText = (
  { tolerance }: VerifyOptions,
  least: RunCase,
  causes: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const difference = firstDifference(least.comparison, tolerance)!;
  const also = least.comparison.parameters.filter(({ error }) => error > tolerance).map(({ path }) => path);
  return [
    `The smallest case that I find to differ: ${caseText(least)}.`,
    `  first difference  ${placeOf(difference)}`,
    `  rnnc              ${difference.rnnc}`,
    `  PyTorch           ${difference.torch}`,
    ...(difference.of === "loss" && also.length > 0 ? [`  and gradients of  ${also.join(", ")}`] : []),
    ...causes.map((cause) => `Hint: ${cause}`),
  ];
};

const placeOf = (difference: Difference): string =>
  difference.of === "loss"
    ? "the loss"
    : `∂loss/∂${difference.path}${difference.index.length === 0 ? "" : `[${difference.index.join(", ")}]`} (${difference.tensor})`;

const caseText = (one: RunCase): string => {
  const { seed, sizes, batch, lengths } = describedCase(one);
  return [
    `${batch} ${batch === 1 ? "example" : "examples"}`,
    ...Object.entries(lengths).map(([name, values]) => `${name} = ${values.join(", ")}`),
    ...Object.entries(sizes).map(([name, size]) => `${name} = ${size}`),
    `seed ${seed}`,
  ].join("; ");
};

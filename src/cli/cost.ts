import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { type Polynomial, polynomialText } from "../views/polynomial.ts";
import { evaluated } from "../views/schedule/json.ts";
import { type ProgramName, scheduleOf } from "../views/schedule/schedule.ts";
import { type Failure, usageError } from "./failure.ts";

/** The sizes of a batch: its examples, and how long each is along each axis. */
export interface Sizes {
  /** What the batch is called in formulas: `B`, unless the model has such a length. */
  readonly called: string;
  readonly batch: number;
  readonly lengths: Readonly<Record<string, number>>;
}

/** What a program takes, as a formula in the sizes and at those that were asked for. */
export interface Count {
  readonly formula: string;
  readonly value: number;
}

export interface Cost {
  readonly program: ProgramName;
  /** Additions, multiplications, divisions, and choices of the greater or smaller. */
  readonly flops: Count;
  /** Values of exp, log, tanh and the like. */
  readonly functions: Count;
  /** What a module allocates: parameters and data among it. The formula is of the buffers, of which each place begins anew. */
  readonly bytes: Count;
}

/** What the programs of a model take at these sizes. */
export interface Costed {
  readonly sizes: Sizes;
  readonly programs: ReadonlyArray<Cost>;
}

/** So long is a sequence of which nobody says how long it is. */
const usualLength = 100;

/** What an evaluation takes and, of a model with a loss, a gradient; refuses lengths that the model does not have. */
export const costOf = (compiled: Compiled, asked: AskedSizes): E.Either<Failure, Costed> =>
  pipe(
    sizesOf(compiled, asked),
    E.map((sizes) => ({ sizes, programs: costsOf(compiled, sizes) })),
  );

interface AskedSizes {
  readonly batch: number;
  readonly length: Readonly<Record<string, number>>;
}

/** Every run-time length of a model with its size. */
const sizesOf = ({ model }: Compiled, { batch, length }: AskedSizes): E.Either<Failure, Sizes> => {
  const names = lengthsOf(model);
  const unknown = Object.keys(length).find((name) => !names.includes(name));
  return unknown === undefined
    ? E.right({
        called: names.includes("B") ? "batch" : "B",
        batch,
        lengths: Object.fromEntries(names.map((name) => [name, length[name] ?? usualLength])),
      })
    : E.left(
        usageError(
          `--length ${unknown}: ${model.name} has no such length (${names.length === 0 ? "it has none" : `it has ${names.join(", ")}`})`,
        ),
      );
};

const lengthsOf = ({ axes }: Compiled["model"]): ReadonlyArray<string> => [
  ...new Set(axes.flatMap(({ length }) => (typeof length === "string" ? [length] : []))),
];

const costsOf = (compiled: Compiled, sizes: Sizes): ReadonlyArray<Cost> =>
  (["forward", "gradient"] as const).flatMap((program) => {
    const view = scheduleOf(compiled, program);
    if (view === undefined) return [];
    const formula = (polynomial: Polynomial): string => polynomialText(polynomial, view.dims);
    const count = (polynomial: Polynomial): Count => ({
      formula: formula(polynomial),
      value: evaluated(view, { ...sizes.lengths, [sizes.called]: sizes.batch }, polynomial).value ?? 0,
    });
    return [
      {
        program,
        flops: count(view.work.flops),
        functions: count(view.work.functions),
        bytes: { formula: formula(view.bytes), value: compiled.bytes(program, sizes) },
      },
    ];
  });

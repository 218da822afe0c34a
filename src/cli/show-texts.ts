import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Model } from "../circuit/model.ts";
import type { Compiled } from "../compile.ts";
import { defaultTarget } from "../emit/back-ends.ts";
import { type ProgramSettings, readableText } from "../module/programs.ts";
import type { Orders } from "../views/model-equations.ts";
import type { EquationFormat, PrintOptions } from "../views/printed.ts";
import {
  type ProgramName,
  type ScheduleView,
  scheduleJson,
  scheduleOf,
  scheduleText,
} from "../views/schedule/schedule.ts";
import { sourceOrders } from "../views/source-orders.ts";
import { type Failure, usageError } from "./failure.ts";
import type { Opened } from "./program.ts";
import type { Draw, Draws, ShowOptions } from "./show-options.ts";

/** Equations, in each of their formats. */
export const printed = (print: (model: Model, format: EquationFormat, options: PrintOptions) => string): Draws => {
  const draw =
    (format: EquationFormat): Draw =>
    (opened, { layout }) =>
      E.right(
        print(opened.compiled.elaborated, format, {
          orders: ordersIn(opened),
          ...(layout === undefined ? {} : { layout }),
        }),
      );
  return new Map([
    ["text", draw("text")],
    ["latex", draw("latex")],
    ["rnn", draw("rnn")],
  ]);
};

/** What only a model with a loss has. */
export const ofLoss = (draws: Draws): Draws =>
  new Map(
    [...draws].map(([format, draw]) => [
      format,
      (opened, options, tell) =>
        opened.compiled.model.hasLoss
          ? draw(opened, options, tell)
          : E.left(usageError("This model has no loss, and so no adjoint")),
    ]),
  );

/** As the source writes indices. */
export const ordersIn = ({ source: { text, file }, compiled }: Opened): Orders =>
  sourceOrders(text, file, compiled.elaborated.name);

const scheduled =
  (print: (view: ScheduleView, lengths: ShowOptions["length"]) => string): Draw =>
  ({ compiled }, options) =>
    pipe(
      programOf(compiled, options),
      E.chainNullableK(noProgram(compiled))((program) => scheduleOf(compiled, program)),
      E.map((view) => print(view, options.length)),
    );

export const scheduleDraws: Draws = new Map([
  ["text", scheduled(scheduleText)],
  ["json", scheduled((view, lengths) => `${JSON.stringify(scheduleJson(view, lengths), null, 2)}\n`)],
]);

const code: Draw = ({ compiled }, options) =>
  options.program === "module"
    ? E.right(compiled.moduleText)
    : pipe(
        programOf(compiled, options),
        E.bindTo("program"),
        E.bind("circuit", ({ program }) => E.fromNullable(noProgram(compiled))(compiled.circuits[program])),
        E.map(({ program, circuit }) => `${readableText(circuit, compiledAs(compiled, options), program)}\n`),
      );

/** As the module is compiled that these options ask for. */
const compiledAs = (
  { without, memory, model: { precision } }: Compiled,
  { target = defaultTarget(precision) }: ShowOptions,
): ProgramSettings => ({ precision, target, without, memory });

/** The code of one program, JavaScript or WebAssembly in the text format, or the whole module as `rnnc compile` writes it. */
export const codeDraws: Draws = new Map([["text", code]]);

/** The one asked for; else the gradient, of a model without a loss the outputs. */
const programOf = (compiled: Compiled, { program }: ShowOptions): E.Either<Failure, ProgramName> =>
  program === "module"
    ? E.left(noProgram(compiled))
    : E.right(program ?? (compiled.model.hasLoss ? "gradient" : "forward"));

const noProgram = ({ circuits }: Compiled): Failure =>
  usageError(`This model has no such program; it has ${Object.keys(circuits).join(", ")}`);

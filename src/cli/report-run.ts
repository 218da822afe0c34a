import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { usualResampling } from "../measure/bootstrap.ts";
import { counted } from "../measure/table.ts";
import { reportPage } from "../report/page.ts";
import type { RunReport } from "../report/run-report.ts";
import { readLog } from "../train/log.ts";
import { circuitDiagram, foldedCircuit, isLarge } from "../views/circuit-diagram.ts";
import { equationsOf } from "../views/printed.ts";
import { sourceOrders } from "../views/source-orders.ts";
import { diagramSvg } from "../views/svg.ts";
import { commandOf } from "./command-of-recipe.ts";
import { weightsTold } from "./evaluate-run.ts";
import type { Failure } from "./failure.ts";
import { document } from "./json.ts";
import { type MeasuredRun, measuredRun } from "./measured-run.ts";
import { besideRun, byEnding } from "./output-file.ts";
import { alignmentsOf } from "./report-alignments.ts";
import { drawnOf } from "./report-drawn.ts";
import { shownExamples } from "./report-examples.ts";
import { factsTold } from "./report-facts.ts";
import { parameterNorms } from "./report-norms.ts";
import type { ReportOptions } from "./report-options.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { writeFile } from "./write-file.ts";

/** `rnnc report RUN [--data FILE…] [-o PAGE]` */
export const reportRun =
  (terminal: Terminal) =>
  async (folder: string, options: ReportOptions): Promise<E.Either<Failure, void>> => {
    const told = pipe(
      byEnding(options.out, { ".html": true, ".htm": true }, undefined, "a report is written as"),
      E.orElse((failure) => (options.out === undefined ? E.right(true) : E.left(failure))),
      E.tap(() => besideRun(options.out, folder, options.data)),
      E.flatMap(() => measuredRun(terminal, folder, options)),
      E.bindTo("measured"),
      E.bind("asked", ({ measured: { run } }) =>
        // What is to be said of the program was said when it was measured.
        compileRecipe({ ...terminal, err: () => {} }, run.recipe, {
          exports: ["pack", "forward", "gradient", "generate"],
        }),
      ),
    );
    if (E.isLeft(told)) return told;
    const { measured, asked } = told.right;
    const page = reportPage({
      ...(await pictured(measured)),
      ...ofRun(folder, options, measured),
      ...ofModel(measured, asked, options),
    });
    const out = options.out ?? join(folder, "report.html");
    return pipe(
      writeFile(out, page),
      E.map(() =>
        options.json ? terminal.out(document({ run: folder, report: out })) : terminal.err(`Wrote ${out}.\n`),
      ),
    );
  };

/** Above so many nodes a picture of them all can no longer be read. */
const mostNodes = 600;

const pictured = async ({
  run: { recipe },
  compiled: { elaborated },
}: MeasuredRun): Promise<Pick<RunReport, "circuit" | "equations">> => {
  const orders = sourceOrders(recipe.source, recipe.file, elaborated.name);
  const equations = equationsOf(elaborated, "latex", { orders });
  if (elaborated.circuit.nodes.length > mostNodes) return { equations, circuit: undefined };
  const whole = circuitDiagram(elaborated, { orders });
  const drawn = await diagramSvg(isLarge(whole) ? foldedCircuit(elaborated, { orders }) : whole);
  // Within a page there is no prologue.
  return { equations, circuit: drawn.slice(drawn.indexOf("<svg")) };
};

const ofRun = (
  folder: string,
  { last }: ReportOptions,
  { run, report, data: { place } }: MeasuredRun,
): Pick<RunReport, "about" | "step" | "log" | "report" | "resamples" | "program" | "command" | "facts"> => {
  const { words, step } = weightsTold(run, last === true);
  return {
    about: `${folder}, ${words()}, on ${place}: ${counted(report.examples, "example")}`,
    step,
    log: readLog(folder),
    report,
    resamples: usualResampling.resamples,
    program: run.recipe.source,
    command: commandOf(run.recipe, process.cwd()),
    facts: factsTold(run),
  };
};

const ofModel = (
  measured: MeasuredRun,
  asked: MeasuredRun["compiled"],
  { seed }: ReportOptions,
): Pick<RunReport, "model" | "examples" | "alignments" | "drawn" | "parameters"> => {
  const examples = shownExamples(measured);
  return {
    model: asked.model.name,
    examples,
    alignments: alignmentsOf(measured, asked, examples),
    drawn: drawnOf(measured, asked, examples, seed),
    parameters: parameterNorms(measured, asked),
  };
};

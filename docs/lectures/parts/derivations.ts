import * as E from "fp-ts/lib/Either.js";
import { programFile } from "../../../playground/src/program.ts";
import { compile } from "../../../src/compile.ts";
import { reporterOf } from "../../../src/plugin/compile-file.ts";
import type { Layout } from "../../../src/views/latex/notation.ts";
import { equationTable } from "../../../src/views/mathml/html.ts";
import { h, text } from "../../../src/views/page/html.ts";
import { adjointOf, equationsOf } from "../../../src/views/printed.ts";
import { recurrencesOf, recurrenceText } from "../../../src/views/recurrence.ts";
import type { Part } from "../lecture.ts";
import { subjectOf } from "../programs.ts";

/** The model's equations after elaboration. */
export const equations = (caption = "The equations that the compiler sees"): Part => ({
  how: "derived",
  html: (program) => {
    const { model, orders } = subjectOf(program);
    return titled(caption, equationTable(equationsOf(model, "latex", { orders })));
  },
});

/** Backpropagation through time as the compiler derives it: the adjoints, then the gradients. */
export const adjoint = (caption = "Derived by rnnc from the program", layout?: Layout): Part => ({
  how: "derived",
  html: (program) => {
    const { model, orders } = subjectOf(program);
    const latex = adjointOf(model, "latex", { orders, ...(layout === undefined ? {} : { layout }) });
    return titled(caption, equationTable(latex));
  },
});

const titled = (caption: string, inside: string): string =>
  h("div", { class: "derived" }, h("h4", {}, text(caption)), inside);

/** How a model recurs, and of which type it is. */
export const recurrence: Part = {
  how: "derived",
  html: (program) =>
    h(
      "p",
      { class: "says" },
      text(`rnnc: it recurs ${recurrencesOf(subjectOf(program).model).map(recurrenceText).join("; ") || "nowhere"}.`),
    ),
};

/** What the compiler says of a program that it refuses. */
export const refusal: Part = {
  how: "derived",
  html: ({ source, statics }) => {
    const compiled = compile(source, { file: programFile, statics });
    if (E.isRight(compiled)) throw new Error(`This was to be refused:\n${source}`);
    return titled("rnnc refuses it", h("pre", {}, text(compiled.left.map(reporterOf(programFile, source)).join("\n"))));
  },
};

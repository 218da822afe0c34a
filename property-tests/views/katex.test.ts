import assert from "node:assert/strict";
import { test } from "node:test";
import katex from "katex";
import type { Model } from "../../src/circuit/model.ts";
import { adjointEquations, adjointListing } from "../../src/views/adjoint.ts";
import { knownOf } from "../../src/views/latex/known.ts";
import { listingLatex } from "../../src/views/latex/listing.ts";
import { layouts } from "../../src/views/latex/notation.ts";
import { equationsOf } from "../../src/views/printed.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { applications, modelOf } from "../std/cells.ts";

/** KaTeX refuses what it does not know, and here also what TeX would not take. */
const isTypeset = (latex: string): void => {
  if (latex === "") return;
  const html = katex.renderToString(latex, { displayMode: true, throwOnError: true, strict: "error" });
  assert.match(html, /class="katex-display"/);
};

const adjointsOf = (model: Model): ReadonlyArray<string> => {
  const equations = adjointEquations(model);
  const known = knownOf(model, equations.system);
  return layouts.map((layout) => listingLatex(adjointListing(equations), { ...known, layout }));
};

const programs = [
  ...exampleNames.map((name) => [name, () => compiledExample(name).elaborated] as const),
  ...Object.keys(applications).map((cell) => [cell, () => compiledProgram(modelOf(cell)).elaborated] as const),
];

test("KaTeX sets the equations of every example and of every standard cell, and their adjoints in either layout", () => {
  for (const [name, model] of someOf(programs, 2)) {
    const found = model();
    for (const latex of [equationsOf(found, "latex"), ...adjointsOf(found)])
      assert.doesNotThrow(() => isTypeset(latex), `${name}:\n${latex}`);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { adjointEquations, adjointListing } from "../../src/views/adjoint.ts";
import { latexName, listingLatex } from "../../src/views/latex/listing.ts";
import { modelEquations, modelListing } from "../../src/views/model-equations.ts";
import { adjointOf, equationsOf } from "../../src/views/printed.ts";
import { listingText } from "../../src/views/text.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";

/** Every command that may be printed: anything else came from a name. */
const commands = new Set(
  "left right biggl biggr top odot sum prod frac tfrac nabla partial mathrm mathbf mathcal tilde bar dot quad operatorname text begin end sim neq leq geq lor land lnot sqrt lVert rVert lvert rvert cdot arctan ell exp log tanh sin cos min max infty alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega backslash hat".split(
    " ",
  ),
);

/** Braces, `\left` and `\right`, `\begin` and `\end` close one another; no sign and no command has another's meaning. */
const isWellFormed = (latex: string): void => {
  const open: string[] = [];
  const close = (wanted: string): void => assert.equal(open.pop(), wanted, latex);
  for (const [token] of latex.matchAll(/\\(begin|end)\{[a-z*]+\}|\\[a-zA-Z]+|\\.|[^\\]/gsu)) {
    if (token === "{" || token === "\\left") open.push(token);
    else if (token === "}") close("{");
    else if (token === "\\right") close("\\left");
    else if (token.startsWith("\\begin{")) open.push(token.slice("\\begin".length));
    else if (token.startsWith("\\end{")) close(token.slice("\\end".length));
    else if (/^\\[a-zA-Z]/.test(token)) assert.ok(commands.has(token.slice(1)), `${token} in ${latex}`);
    else assert.ok(!"$#%~".includes(token), `${token} in ${latex}`);
  }
  assert.deepEqual(open, [], latex);
};

/** A line without its distinctions of cases, the innermost of which go first. */
const withoutCases = (line: string): string => {
  const rest = line.replaceAll(/\\begin\{cases\}(?:(?!\\begin\{cases\}).)*?\\end\{cases\}/g, "");
  return rest === line ? rest : withoutCases(rest);
};

test("every example prints as text and as LaTeX, which is well formed and has an aligned equation a line", () => {
  for (const name of exampleNames) {
    const { elaborated } = compiledExample(name);
    for (const listing of [modelListing(modelEquations(elaborated)), adjointListing(adjointEquations(elaborated))]) {
      const latex = listingLatex(listing);
      isWellFormed(latex);
      assert.equal(listingText(listing).split("\n").length, listing.length + 1);
      for (const line of latex.split("\n").filter((text) => text.startsWith("  ")))
        assert.equal(withoutCases(line).split(/(?<!\\)&/).length, 2, line);
    }
  }
});

test("whatever a name is made of, nothing in it acts as a command", () => {
  const hostile = fc.constantFrom(
    "\\",
    "{",
    "}",
    "$",
    "&",
    "#",
    "_",
    "%",
    "~",
    "^",
    "'",
    ".",
    "∂",
    "a",
    "λ",
    "\\end{align*}",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(hostile, fc.string({ unit: "grapheme" }))), (parts) => {
      isWellFormed(latexName(parts.join("")));
    }),
  );
});

const words = fc
  .tuple(fc.constantFrom("_", "é", "λ", "x", "end"), fc.stringMatching(/^[a-z_0-9']{0,6}$/))
  .map((parts) => parts.join(""));

test("a model with strange names prints well-formed LaTeX that keeps them apart from commands", () => {
  fc.assert(
    fc.property(words, (word) => {
      const name = `q${word}`;
      const { elaborated } = compiledProgram(
        `model M { axis t in 1..T
        input x[t] : R[2]
        param ${name}W
        ${name}[0] = 0
        ${name}[t] : R[3] = tanh(${name}W ${name}[t-1] + 1e-30)
        minimize sum[t](sumsq(${name}[t]) + sum(x[t])) }`,
      );
      for (const print of [equationsOf, adjointOf]) isWellFormed(print(elaborated, "latex"));
    }),
    { numRuns: 20 },
  );
});

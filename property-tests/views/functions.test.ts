import assert from "node:assert/strict";
import { test } from "node:test";
import { equationsOf } from "../../src/views/printed.ts";
import { compiledProgram } from "../property/programs.ts";
import { equationsMeanTheModel } from "./meaning.ts";

/** Equations as they are written, and in LaTeX. */
const written: ReadonlyArray<readonly [equation: string, latex: string]> = [
  ["y[t] = norm(x[t])", "\\lVert x_t \\rVert"],
  ["y[t] = argmax(x[t])", "\\operatorname*{arg\\,max}(x_t)"],
  ["y[t] = clip(x[t], -1, 1)", "\\operatorname{clip}(x_t, -1, 1)"],
  ["y[t] = logaddexp(x[t], z[t])", "\\operatorname{logaddexp}(x_t, z_t)"],
  ["y[t] = log1p(expm1(x[t]^2))", "\\operatorname{log1p}(\\operatorname{expm1}(x_t^2))"],
  ["y[t] = erf(atan(x[t]))", "\\operatorname{erf}(\\arctan(x_t))"],
  ["y[t] = min(x[t])", "\\min(x_t)"],
  ["y = min[t](x[t])", "\\min_t(x_t)"],
  ["y[t] = if mod(t, 4) == 0 then x[t] else z[t]", "t \\bmod 4 = 0"],
  ["y = mean[t](x[t])", "\\frac{1}{T} \\sum_{t=1}^T x_t"],
  ["y[t] = sigmoid(x[t] / 2)", "\\sigma\\biggl(\\frac{x_t}{2}\\biggr)"],
  ["y[t] = t * x[t]", "t x_t"],
  ["y[t] = x[t] * z[t]", "x_t \\odot z_t"],
];

for (const [equation, latex] of written)
  test(`what a program says by the name of a function reads so: ${equation}`, () => {
    const { elaborated } = compiledProgram(
      `model M {\n  axis t in 1..T\n  input x[t], z[t] : R[3]\n  output ${equation}\n}`,
    );
    assert.equal(equationsOf(elaborated, "text"), `${equation}\n`);
    const found = equationsOf(elaborated, "latex");
    assert.ok(found.includes(latex), found);
    equationsMeanTheModel(elaborated, 1);
  });

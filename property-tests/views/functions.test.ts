import assert from "node:assert/strict";
import { test } from "node:test";
import { equationsOf } from "../../src/views/printed.ts";
import { compiledProgram } from "../property/programs.ts";
import { equationsMeanTheModel } from "./meaning.ts";

/** Equations as they are written, and in LaTeX. */
const written: ReadonlyArray<readonly [equation: string, latex: string]> = [
  ["y[t] = norm(x[t])", "\\left\\lVert {x}_{t} \\right\\rVert"],
  ["y[t] = argmax(x[t])", "\\operatorname*{arg\\,max}\\left({x}_{t}\\right)"],
  ["y[t] = clip(x[t], -1, 1)", "\\operatorname{clip}\\left({x}_{t}, -1, 1\\right)"],
  ["y[t] = logaddexp(x[t], z[t])", "\\operatorname{logaddexp}\\left({x}_{t}, {z}_{t}\\right)"],
  [
    "y[t] = log1p(expm1(x[t]^2))",
    "\\operatorname{log1p}\\left(\\operatorname{expm1}\\left({{x}_{t}}^{2}\\right)\\right)",
  ],
  ["y[t] = erf(atan(x[t]))", "\\operatorname{erf}\\left(\\arctan\\left({x}_{t}\\right)\\right)"],
  ["y[t] = min(x[t])", "\\min\\left({x}_{t}\\right)"],
  ["y = min[t](x[t])", "\\min_{t}\\left({x}_{t}\\right)"],
  ["y[t] = if mod(t, 4) == 0 then x[t] else z[t]", "t \\bmod 4 = 0"],
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

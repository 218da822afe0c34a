import { checkGradient as check } from "../../../src/check/gradient.ts";
import type { Given, GradientCheck } from "../protocol.ts";
import { rightProgram } from "./compiled.ts";

/** The gradient against differences, in double precision. */
export const checkGradient = ({ seed, ...program }: Given<"checkGradient">): GradientCheck => {
  const { worst, ...report } = check(rightProgram(program, { precision: "f64", target: "js" }), { seed });
  if (worst === null) return { ...report, worst };
  const { path, index, gradient, difference, error } = worst;
  return { ...report, worst: { path, index, gradient, difference, error } };
};

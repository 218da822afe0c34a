import type { TimeAxis } from "../circuit/axis.ts";
import { dimensions } from "./circuit/algebra.ts";
import { limits } from "./limits.ts";
import type { Problem, Within } from "./problem.ts";
import { termsIn } from "./reachable.ts";
import type { Shapes } from "./shape/infer.ts";
import type { System, Term, Variable } from "./system.ts";
import { freeAxes, operandsOf } from "./term.ts";

/** What would not fit into memory, whatever the lengths of its axes. */
export const sizeProblems = (system: System, shapes: Shapes): ReadonlyArray<Problem> => {
  const variables = [...system.variables.values()];
  const large = variables.flatMap((variable) => {
    const size = components(dimensions(shapes.ofVariable(variable.path)), variable.axes);
    const name = variable.origin === "hidden" ? "This value" : `\`${variable.path}\``;
    return size > limits.tensor
      ? [tooLarge(name, size, variable)]
      : termsIn(variable.meaning).flatMap((term) => largeTerms(term, variable.within, shapes));
  });
  const losses = system.minimized.flatMap((term) => largeTerms(term, [], shapes));
  const all = variables.reduce((sum, variable) => sum + parameterSize(variable, shapes), 0);
  if (large.length + losses.length > 0 || all <= limits.parameters) return [...large, ...losses];
  const what = "The number of all parameters together";
  return [{ tag: "tooLarge", span: system.span, what, size: all, limit: limits.parameters }];
};

const largeTerms = (term: Term, within: Within, shapes: Shapes): ReadonlyArray<Problem> => {
  const [part, over] = term.tag === "reduce" ? [term.operand, freeAxes(term.operand)] : [term, []];
  const size = components(dimensions(shapes.ofTerm(part)), over);
  // What is only read was measured where it is defined.
  return size > limits.tensor && part.tag !== "read"
    ? [tooLarge("This value", size, { span: part.span, within })]
    : operandsOf(term).flatMap((operand) => largeTerms(operand, within, shapes));
};

const parameterSize = ({ path, axes, meaning }: Variable, shapes: Shapes): number =>
  meaning.tag === "parameter" ? components(dimensions(shapes.ofVariable(path)), axes) : 0;

const components = (sizes: ReadonlyArray<number>, axes: ReadonlyArray<TimeAxis>): number =>
  [...sizes, ...axes.map(({ extent }) => (extent.tag === "fixed" ? extent.size : 1))].reduce((a, b) => a * b, 1);

const tooLarge = (what: string, size: number, { span, within }: Pick<Variable, "span" | "within">): Problem => ({
  tag: "tooLarge",
  span,
  what,
  size,
  limit: limits.tensor,
  within,
});

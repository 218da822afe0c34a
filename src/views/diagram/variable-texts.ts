import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { name as nameOf } from "../../syntax/make.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { ModelEquations } from "../model-equations.ts";
import { leftText, lineText } from "../text.ts";

/** What stands in the box of a variable. */
export interface Texts {
  /** `h[t]` */
  readonly title: string;
  /** ` = tanh(a[t])`, or the type of what is given. */
  readonly rest: string;
  /** What stands behind the equals sign; nothing for what is given. */
  readonly expression: Expression | undefined;
  /** Boundaries, and other names. */
  readonly notes: ReadonlyArray<string>;
}

/** `place` is that of a random variable among the model's. */
export const textsOf = (equations: ModelEquations, node: NodeId, place: number | undefined): Texts => {
  const { system, model, randoms } = equations;
  const name = system.names.get(node)!;
  const equation = system.equations.find((candidate) => candidate.node === node);
  const title = leftText(equation ?? { name, indices: system.indicesOf(node).map(({ key }) => nameOf(key)) });
  const expression = equation?.value.expression;
  const given = expression === undefined ? ` : ${typeText(equations, node)}` : ` = ${printExpression(expression)}`;
  const boundaries = system.boundaries
    .filter((boundary) => boundary.node === node && boundary.bound.value !== undefined)
    .map((boundary) => `${leftText(boundary)} = ${printExpression(boundary.value.expression)}`);
  const others = model.circuit.outputs.flatMap((output) =>
    output.role === "output" && output.node === node && output.name !== name ? [`output ${output.name}`] : [],
  );
  return {
    title,
    rest: place === undefined ? given : lineText(randoms[place]!).slice(title.length),
    expression,
    notes: [...boundaries, ...others],
  };
};

const typeText = ({ system, model }: ModelEquations, node: NodeId): string => {
  const symbols = model.inputs.find(({ name }) => name === system.names.get(node))?.symbols;
  const sizes = nodeAt(system.circuit, node).axes.flatMap((axis) => (axis.tag === "feature" ? [axis.size] : []));
  if (symbols !== undefined) return `symbol[${symbols}]`;
  return sizes.length === 0 ? "R" : `R[${sizes.join(",")}]`;
};

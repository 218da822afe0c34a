import { type Axis, featuresOf } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { name } from "../../syntax/make.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Spell } from "../equations/naming.ts";
import type { Equation, EquationSystem } from "../equations/system.ts";
import { filled, onesOf, type Value } from "../equations/value.ts";
import { leftText } from "../text.ts";
import { typeText } from "./declarations.ts";
import { splitTexts } from "./splits.ts";

/** A result of the program: a variable of its name, or what a new variable is to stand for. */
export interface Result {
  readonly node: NodeId;
  readonly called: string;
  readonly axes: ReadonlyArray<Axis>;
  readonly value: Value;
}

/** The boundaries, the equations, and what is needed besides for every result to be an output of its name. */
export const definitionTexts = (
  system: EquationSystem,
  spell: Spell,
  results: ReadonlyArray<Result>,
): ReadonlyArray<string> => {
  const outputs = new Set(results.flatMap(({ node, called }) => (system.names.get(node) === called ? [called] : [])));
  const isSlice = ({ node }: Equation): boolean => nodeAt(system.circuit, node).op.tag === "slice";
  const text = (equation: Equation): string => {
    const { name: called, labels, value } = equation;
    return `${outputs.has(called) ? "output " : ""}${leftText(equation)}${shapeText(labels, value.expression)} = ${printExpression(value.expression)}`;
  };
  return [
    ...system.boundaries.map((boundary) => `${leftText(boundary)} = ${printExpression(boundary.value.expression)}`),
    ...system.equations.filter((equation) => !isSlice(equation)).map(text),
    ...splitTexts(system, system.equations.filter(isSlice), spell, outputs),
    ...results.filter(({ called }) => !outputs.has(called)).map(aliasText),
    ...results.filter(({ node, called }) => outputs.has(called) && isLeaf(system, node)).map(listText),
  ];
};

const isLeaf = ({ circuit }: EquationSystem, node: NodeId): boolean =>
  ["input", "parameter"].includes(nodeAt(circuit, node).op.tag);

/** `output x`, `output h[T]`: what stands under the name of the variable that is read. */
const listText = ({ value }: Result): string => `output ${printExpression(value.expression)}`;

const reads = (called: string, { expression }: Value): boolean =>
  expression.tag === "index" && expression.target.tag === "name" && expression.target.text === called;

/** For what is no variable of that name. */
const aliasText = (result: Result): string => {
  const { called, axes, value } = result;
  if (reads(called, value)) return listText(result);
  const indices = axes.flatMap((axis) => (axis.tag === "time" ? [name(axis.key)] : []));
  const labels = featuresOf(axes);
  const { expression } = filled({ ones: onesOf(true) }, value, labels);
  return `output ${leftText({ name: called, indices })}${shapeText(labels, expression)} = ${printExpression(expression)}`;
};

/** Of a symbol it says nothing: how many there are follows from the vector. */
const shapeText = (labels: Equation["labels"], expression: Expression): string =>
  isSymbol(expression) ? "" : ` : ${typeText(labels.map(({ size }) => size))}`;

const isSymbol = (expression: Expression): boolean =>
  expression.tag === "apply" && expression.target.tag === "name" && expression.target.text === "argmax";

import type { NodeId } from "../../circuit/circuit.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import { index, name } from "../equations/expressions.ts";
import type { Spell } from "../equations/naming.ts";
import type { Equation, EquationSystem } from "../equations/system.ts";
import { leftText } from "../text.ts";
import { typeText } from "./declarations.ts";
import { splitTexts } from "./splits.ts";

/** A result of the program: a variable of its name, or what a new variable is to stand for. */
export interface Result {
  readonly node: NodeId;
  readonly called: string;
}

/** The boundaries, the equations, and what is needed besides for every result to be an output of its name. */
export const definitionTexts = (
  system: EquationSystem,
  spell: Spell,
  results: ReadonlyArray<Result>,
): ReadonlyArray<string> => {
  const outputs = new Set(
    results.flatMap(({ node, called }) => (system.names.get(node) === called ? [system.names.get(node)!] : [])),
  );
  const isSlice = ({ node }: Equation): boolean => system.circuit.nodes[node]!.op.tag === "slice";
  const text = (equation: Equation): string => {
    const { name: called, labels, value } = equation;
    return `${outputs.has(called) ? "output " : ""}${leftText(equation)}${shapeText(labels)} = ${printExpression(value.expression)}`;
  };
  return [
    ...system.boundaries.map((boundary) => `${leftText(boundary)} = ${printExpression(boundary.value.expression)}`),
    ...system.equations.filter((equation) => !isSlice(equation)).map(text),
    ...splitTexts(system, system.equations.filter(isSlice), spell, outputs),
    ...results.filter(({ called }) => !outputs.has(called)).map((result) => aliasText(system, result)),
  ];
};

/** Named as they are to be called, if they are no variables of that name. */
const aliasText = (system: EquationSystem, { node, called }: Result): string => {
  const indices = system.indicesOf(node).map(({ key }) => name(key));
  return `output ${leftText({ name: called, indices })} = ${printExpression(written(system, node, indices))}`;
};

const written = (system: EquationSystem, node: NodeId, indices: ReadonlyArray<Expression>): Expression => {
  const called = system.names.get(node);
  return called === undefined ? system.shown.get(node)! : index(name(called), indices);
};

/** A number needs no shape. */
export const shapeText = (labels: Equation["labels"]): string =>
  labels.length === 0 ? "" : ` : ${typeText(labels.map(({ size }) => size))}`;

import type { NodeId, Op } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { concat, index, name } from "../../syntax/make.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Spell } from "../equations/naming.ts";
import type { Equation, EquationSystem } from "../equations/system.ts";
import type { Left } from "../listing.ts";
import { leftText } from "../text.ts";
import { typeText } from "./declarations.ts";

/**
 * The equations of parts of vectors. The language splits a vector from end to end into parts that know their sizes from
 * elsewhere: so every stretch between two cuts becomes a variable, and has its size from an equation of its own.
 */
export const splitTexts = (
  system: EquationSystem,
  equations: ReadonlyArray<Equation>,
  spell: Spell,
  outputs: ReadonlySet<string>,
): ReadonlyArray<string> => {
  const taken = new Set(system.names.values());
  const fresh = (title: string): string => {
    const found = spell(title, taken);
    taken.add(found);
    return found;
  };
  const wholes = new Map<NodeId, Equation[]>();
  for (const equation of equations) {
    const [whole = -1] = nodeAt(system.circuit, equation.node).inputs;
    wholes.set(whole, [...(wholes.get(whole) ?? []), equation]);
  }
  return [...wholes.values()].flatMap((parts) => split(system, parts, fresh, outputs));
};

interface Stretch {
  readonly from: number;
  readonly size: number;
  readonly name: string;
}

const split = (
  system: EquationSystem,
  parts: ReadonlyArray<Equation>,
  fresh: (title: string) => string,
  outputs: ReadonlySet<string>,
): ReadonlyArray<string> => {
  const [first] = parts;
  const slices = parts.map((equation) => ({ equation, ...sliceOf(system, equation) }));
  const whole = slices[0]!.axis.size;
  const cuts = [...new Set([0, whole, ...slices.flatMap(({ from, size }) => [from, from + size])])].sort(
    (a, b) => a - b,
  );
  const stretches = cuts
    .slice(1)
    .map((to, i): Stretch => ({ from: cuts[i]!, size: to - cuts[i]!, name: fresh("part") }));
  const { indices } = first!;
  const variable = (called: string): Expression => index(name(called), indices);
  const define = (left: Left, size: number, expression: Expression): string =>
    `${outputs.has(left.name) ? "output " : ""}${leftText(left)} : ${typeText([size])} = ${printExpression(expression)}`;
  const isUsed = ({ from, size }: Stretch): boolean =>
    slices.some((slice) => slice.from <= from && from + size <= slice.from + slice.size);
  return [
    `[${stretches.map((stretch) => leftText({ name: stretch.name, indices })).join("; ")}] = ${printExpression(first!.value.expression)}`,
    ...slices.map(({ equation, from, size }) => {
      const within = stretches.filter((stretch) => from <= stretch.from && stretch.from + stretch.size <= from + size);
      const [only, ...others] = within.map((stretch) => variable(stretch.name));
      return define(equation, size, others.length === 0 ? only! : concat([only!, ...others]));
    }),
    ...stretches
      .filter((stretch) => !isUsed(stretch))
      .slice(1)
      .map((stretch) => define({ name: fresh("rest"), indices }, stretch.size, variable(stretch.name))),
  ];
};

const sliceOf = ({ circuit }: EquationSystem, { node }: Equation): Extract<Op, { readonly tag: "slice" }> =>
  nodeAt(circuit, node).op as Extract<Op, { readonly tag: "slice" }>;

import type { NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import type { Expression } from "../syntax/tree.ts";
import { referencesIn } from "./equations/references.ts";
import type { Equation, EquationSystem } from "./equations/system.ts";

/** Equations in the order to read them. */
export type Listing = ReadonlyArray<Line>;

export type Line =
  | { readonly tag: "equation"; readonly left: Left; readonly right: Expression }
  /** `y[t] ~ categorical(p[t]) weight w[t]` */
  | { readonly tag: "random"; readonly left: Left; readonly right: Expression; readonly weight?: Expression };

export interface Left {
  readonly name: string;
  readonly indices: ReadonlyArray<Expression>;
}

/** Every equation under its boundaries; an adjoint's zero beyond the end is said by its equation at the end. */
export const listingOf = (system: EquationSystem, isShown: (id: NodeId) => boolean): Listing => {
  const equations = system.equations.filter(({ node }) => isShown(node));
  const told = new Set(
    system.bases.flatMap(({ node }) => system.boundaries.filter((bound) => isZeroBeyond(system, node, bound))),
  );
  const boundaries = system.boundaries.filter(
    (boundary) => boundary.bound.value !== undefined && !told.has(boundary) && isShown(boundary.node),
  );
  const defined = new Set(equations.map(({ node }) => node));
  return [
    ...boundaries.filter(({ node }) => !defined.has(node)),
    ...equations.flatMap((equation) => [
      ...boundaries.filter(({ node }) => node === equation.node),
      ...system.bases.filter(({ node }) => node === equation.node),
      equation,
    ]),
  ].map(lineOf);
};

const lineOf = ({ name, indices, value }: Equation): Line => ({
  tag: "equation",
  left: { name, indices },
  right: value.expression,
});

/** Whether a boundary matters to nothing but an equation whose form at the end is shown. */
const isZeroBeyond = (
  { circuit, bases, equations, names }: EquationSystem,
  base: NodeId,
  { node, bound }: EquationSystem["boundaries"][number],
): boolean => {
  const isAdjoint = nodeAt(circuit, node).name?.startsWith("∂") === true;
  const readers = equations.filter((equation) => reads(equation, names.get(node)!, bound.side === "after" ? "+" : "-"));
  const isTold = readers.every((reader) => bases.some((other) => other.node === reader.node));
  return isAdjoint && isTold && readers.some((reader) => reader.node === base);
};

/** Whether an equation reads a variable before or after where it stands. */
const reads = ({ value }: Equation, name: string, operator: "+" | "-"): boolean =>
  shiftsIn(value.expression).some((found) => found.name === name && found.operator === operator);

interface Shift {
  readonly name: string;
  readonly operator: string;
}

const shiftsIn = (expression: Expression): ReadonlyArray<Shift> =>
  referencesIn(expression).flatMap(({ name, indices }) =>
    indices.flatMap((index) => (index.tag === "binary" ? [{ name, operator: index.operator }] : [])),
  );

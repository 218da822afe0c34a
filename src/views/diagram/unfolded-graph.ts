import type { NodeId } from "../../circuit/circuit.ts";
import type { Index } from "../../circuit/environment.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { number } from "../../syntax/make.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Left } from "../listing.ts";
import { leftText } from "../text.ts";
import type { Diagram, DiagramEdge, DiagramNode, EdgeKind } from "./diagram.ts";
import { lossKey, lossNode } from "./loss.ts";
import { cellsOf, type Occurrence, type Occurrences, occurrencesOf } from "./occurrences.ts";
import type { Step } from "./tile.ts";
import type { Variable, Variables } from "./variables.ts";

/** The length of each axis that has one at run time. */
export type Lengths = Readonly<Record<string, number>>;

export interface UnfoldedGraphOptions {
  readonly lengths: Lengths;
  readonly isShown: (variable: Variable) => boolean;
  /** Whether each component of a vector is a node of its own. */
  readonly inUnits: boolean;
}

/** The unfolded graph between the variables that are shown; parameters stand in it once, and delays nowhere. */
export const unfoldedGraph = (variables: Variables, { lengths, isShown, inUnits }: UnfoldedGraphOptions): Diagram => {
  const occurrences = occurrencesOf(variables.circuit, lengths, (node: NodeId) => {
    const variable = variables.of.get(node);
    return variable !== undefined && isShown(variable);
  });
  const all = inOrder([...new Map(occurrences.all.map((one) => [one.key, one])).values()]);
  const nameOf: NameOf = (cell) => {
    const one = occurrences.ownerOf.get(cell)!;
    return inUnits && one.size > 1 ? unitKey(one, cell - one.first) : one.key;
  };
  const drawn = [
    ...all.flatMap((one) => {
      const node = nodeOf(variables, lengths)(one);
      return inUnits && one.size > 1 ? unitsOf(variables, one, node) : [node];
    }),
    ...(variables.minimized === undefined ? [] : [lossNode(variables.minimized.expression)]),
  ];
  return {
    title: [variables.model.name, ...Object.entries(lengths).map(([name, length]) => `${name} = ${length}`)].join(", "),
    nodes: drawn,
    edges: inOrderOf(drawn, edgesOf(variables, occurrences, nameOf)),
    frames: [],
  };
};

/** By what they lead from, then to: sources stand in the order of nodes. */
const inOrderOf = (
  nodes: ReadonlyArray<DiagramNode>,
  edges: ReadonlyArray<DiagramEdge>,
): ReadonlyArray<DiagramEdge> => {
  const place = new Map(nodes.map(({ key }, i) => [key, i]));
  return [...edges].sort((a, b) => place.get(a.from)! - place.get(b.from)! || place.get(a.to)! - place.get(b.to)!);
};

const unitKey = ({ key }: Occurrence, component: number): string => `${key}.${component + 1}`;

/** The components of a vector behind its name. */
const unitsOf = (
  variables: Variables,
  one: Occurrence,
  { title, rest = "", ...node }: DiagramNode,
): ReadonlyArray<DiagramNode> => [
  { ...node, kind: "caption", title: `${title}${rest}` },
  ...componentsOf(variables, one).map((places, k) => ({
    ...node,
    key: unitKey(one, k),
    title: String(k + 1),
    component: leftText(leftOf(variables, one, places)),
    rest,
  })),
];

/** The indices of each component, in the order of cells. */
const componentsOf = ({ circuit }: Variables, { node }: Occurrence): ReadonlyArray<ReadonlyArray<number>> =>
  nodeAt(circuit, node).axes.reduce<ReadonlyArray<ReadonlyArray<number>>>(
    (before, axis) =>
      axis.tag === "feature"
        ? before.flatMap((places) => Array.from({ length: axis.size }, (_, k) => [...places, k + 1]))
        : before,
    [[]],
  );

/** A variable at a position, as a program writes it: its axes, then its components. */
const leftOf = ({ of, system }: Variables, { node, at }: Occurrence, places: ReadonlyArray<number> = []): Left => ({
  name: of.get(node)!.name,
  indices: [...system.indicesOf(node).map(({ key }) => at[key]!), ...places].map(number),
});

const nodeOf =
  (variables: Variables, lengths: Lengths) =>
  (one: Occurrence): DiagramNode => {
    const title = leftText(leftOf(variables, one));
    const instance = { key: one.key, title, row: String(one.node), ...stepOf(one) };
    if (one.isBoundary) return { ...instance, kind: "boundary", rest: constantText(variables, lengths, one) };
    return { ...instance, kind: variables.of.get(one.node)!.kind };
  };

/** ` = 0` of a boundary that is a number. */
const constantText = ({ system }: Variables, lengths: Lengths, { node, at }: Occurrence): string => {
  const found = system.boundaries.find(({ node: of, bound: { axis, side, position } }) => {
    const length = axis.extent.tag === "fixed" ? axis.extent.size : lengths[axis.extent.name]!;
    return of === node && at[axis.key] === (side === "before" ? position : length + position);
  });
  const expression = found?.bound.value?.expression;
  const isNumber =
    expression?.tag === "number" || (expression?.tag === "negate" && expression.operand.tag === "number");
  return isNumber ? ` = ${printExpression(expression)}` : "";
};

/** Variable by variable, time from left to right. */
const inOrder = (all: ReadonlyArray<Occurrence>): ReadonlyArray<Occurrence> =>
  [...all].sort((a, b) => {
    const positions = Object.keys(a.at).map((key) => a.at[key]! - (b.at[key] ?? 0));
    return a.node - b.node || (positions.find((difference) => difference !== 0) ?? 0);
  });

/** The step of time that an instance belongs to: that of the innermost of its axes. */
const stepOf = ({ at }: Occurrence): { readonly step?: Step } => {
  const last = Object.entries(at).at(-1);
  return last === undefined ? {} : { step: { axis: last[0], position: last[1] } };
};

type NameOf = (cell: number) => string;

/** Between cells, by the names of what they belong to. */
const edgesOf = (variables: Variables, occurrences: Occurrences, nameOf: NameOf): ReadonlyArray<DiagramEdge> => {
  const { all, ownerOf, sources, unfolded } = occurrences;
  const shownFor = (cell: number): ReadonlyArray<number> => (ownerOf.has(cell) ? [cell] : sources(cell));
  const edge = (source: number, to: string, kind: EdgeKind): DiagramEdge => {
    const isWeight = variables.of.get(ownerOf.get(source)!.node)!.kind === "parameter";
    return { from: nameOf(source), to, kind: isWeight ? "weight" : kind };
  };
  const intoOccurrence = (one: Occurrence): ReadonlyArray<DiagramEdge> =>
    cellsOf(one).flatMap((cell) =>
      sources(cell).map((source) => {
        const kind = isStep(ownerOf.get(source)!, one, variables) ? "step" : "flow";
        return edge(source, nameOf(cell), kind);
      }),
    );
  const draws = (one: Occurrence): ReadonlyArray<DiagramEdge> => {
    const { distribution } = variables.of.get(one.node)!;
    const given = unfolded.outputs.filter(({ role, name }) => role === "distribution" && distribution.includes(name));
    return cellsOf(one).flatMap((drawn) => {
      const formula = unfolded.cells[drawn]!;
      const index = formula.tag === "leaf" ? formula.index : {};
      return given
        .flatMap(({ cells }) => cells.filter((argument) => !isElsewhere(argument.index, index)))
        .flatMap(({ cell }) => shownFor(cell))
        .map((source) => edge(source, nameOf(drawn), "draw"));
    });
  };
  const intoLoss = unfolded.outputs
    .filter(({ role }) => role === "loss")
    .flatMap(({ cells }) => cells.flatMap(({ cell }) => shownFor(cell)))
    .map((source) => edge(source, lossKey, "flow"));
  return onlyOnce([
    ...all.flatMap((one) => [...intoOccurrence(one), ...(one.isBoundary ? [] : draws(one))]),
    ...intoLoss,
  ]);
};

const onlyOnce = (edges: ReadonlyArray<DiagramEdge>): ReadonlyArray<DiagramEdge> => [
  ...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values(),
];

/** Whether time passes between them: a delay does not stand between what is summed and its sum. */
const isStep = (from: Occurrence, to: Occurrence, { of }: Variables): boolean =>
  from.isBoundary || (of.get(from.node)!.isCarried && isElsewhere(from.at, to.at));

/** Whether two positions differ along an axis that both have. */
const isElsewhere = (a: Index, b: Index): boolean =>
  Object.entries(a).some(([key, position]) => b[key] !== undefined && b[key] !== position);

import type { Model } from "../../circuit/model.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import { cellName } from "../diagram/cell-box.ts";
import { shortNames } from "../diagram/short-names.ts";
import { type Variable, type Variables, variablesOf } from "../diagram/variables.ts";
import { referencesIn } from "../equations/references.ts";
import { groupBy } from "../group-by.ts";
import { knownOf } from "../latex/known.ts";
import { ranks } from "../latex/rank.ts";
import type { Orders } from "../model-equations.ts";
import { leftText } from "../text.ts";
import { beltsOf } from "./belts.ts";
import { learnedWith } from "./learned.ts";
import { type Building, type Place, placeOf } from "./read-step.ts";
import { constantsOf, type Scope, scopesOf } from "./scope.ts";
import { isPort, type NodeKind, type Step, type StepNode, type Wire } from "./step.ts";

/** A step of every recurrence of a model, cell by cell; cells that compute the same have one together. */
export const stepsOf = (model: Model, orders?: Orders): ReadonlyArray<Step> => {
  const variables = variablesOf(model, orders);
  const all = scopesOf(variables).map((scope) => stepOf(variables, scope));
  const alike = groupBy(all, shapeOf);
  return [...alike.values()].map((steps) => ({ ...steps[0]!, cells: steps.flatMap(({ cells }) => cells) }));
};

/** What a step computes, whatever comes in and goes out is called. */
const shapeOf = ({ kind, axis, nodes, wires, belts, cells: [cell] }: Step): string => {
  const bare = nodes.map((node) =>
    isPort(node) ? { kind: node.kind } : { ...node, name: node.name === cell ? "" : node.name },
  );
  return JSON.stringify({ kind, axis, nodes: bare, wires, belts });
};

const stepOf = (variables: Variables, scope: Scope): Step => {
  const inCell = shortNames(namesIn(scope))(scope.cell);
  const nodes: StepNode[] = [];
  const wires: Wire[] = [];
  const add = (kind: NodeKind, sign: string, reads: ReadonlyArray<Place>): number => {
    const to = nodes.push({ kind, sign }) - 1;
    for (const from of reads) if (from !== undefined) wires.push({ from, to });
    return to;
  };
  const nodeOf = valuesIn(variables, scope, { add, nodes, inCell });
  const values = [...scope.inside.values()].map((variable) => [variable, nodeOf(variable.name)] as const);
  const afters = values.flatMap(([variable, value]) =>
    scope.states.has(variable.name) ? [{ variable, value, after: add("after", inCell(variable.title), [value]) }] : [],
  );
  const elsewhere = readElsewhere(variables, scope);
  const read = new Set(wires.map(({ from }) => from));
  for (const [variable, value] of values)
    if (elsewhere.has(variable.name) || !read.has(value)) add("result", inCell(variable.title), [value]);
  const carried = afters.map(({ variable, value, after }) => {
    const before = nodes.findIndex(({ kind, name }) => kind === "before" && name === variable.name);
    return { before: before < 0 ? undefined : before, value, after };
  });
  return {
    cells: [scope.cell],
    kind: scope.cell === "" ? variables.model.name : cellName(variables.model, scope.cell),
    axis: scope.axis,
    nodes: nodes.map(({ name, ...node }) => (name === undefined || isPort(node) ? node : { ...node, name })),
    wires,
    states: carried.map(({ before, after }) => ({ before, after })),
    belts: beltsOf({ nodes, wires }, carried),
    equations: inSource(variables, scope).map(({ title, rest }) => inCell(`${title}${rest}`)),
  };
};

/** What is spoken of in a step. */
const namesIn = ({ inside }: Scope): ReadonlyArray<string> => [
  ...new Set(
    [...inside.values()].flatMap(({ name, expression }) => [
      name,
      ...referencesIn(expression!).map((read) => read.name),
    ]),
  ),
];

interface Parts {
  readonly add: Building["add"];
  readonly nodes: StepNode[];
  readonly inCell: (text: string) => string;
}

/** The node of each variable; what it reads comes before it. */
const valuesIn = (
  variables: Variables,
  { inside, axis }: Scope,
  { add, nodes, inCell }: Parts,
): ((name: string) => number) => {
  const byName = new Map([...variables.of.values()].map((variable) => [variable.name, variable]));
  const constants = constantsOf(variables);
  const ports = new Map<string, number>();
  const values = new Map<string, number>();
  const port = (kind: NodeKind, sign: string, name: string): number => {
    const place = ports.get(sign) ?? add(kind, sign, []);
    nodes[place] = { ...nodes[place]!, name };
    ports.set(sign, place);
    return place;
  };
  const refer: Building["refer"] = (name, indices) => {
    const variable = byName.get(name);
    if (variable === undefined || constants.has(name)) return undefined;
    const own = indices.slice(0, variables.system.indicesOf(variable.node).length);
    const text = leftText({ name, indices: own });
    const found =
      inside.has(name) && text === variable.title
        ? nodeOf(name)
        : port(inside.has(name) && isShifted(own, axis) ? "before" : "given", inCell(text), name);
    const rest = indices.slice(own.length);
    return rest.length === 0 ? found : add("function", building.component(rest), [found]);
  };
  const building: Building = {
    ...learnedWith(
      (name) => byName.has(name) && !constants.has(name),
      (name) => constants.has(name),
      ranks(knownOf(variables.model, variables.system).kinds),
    ),
    add,
    refer,
    told: (expression) => inCell(shortText(expression)),
    component: (indices) => inCell(`[${indices.map((index) => printExpression(index).replace("..", ":")).join(",")}]`),
    places: new Map(),
  };
  const nodeOf = (name: string): number => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const place = placeOf(building, inside.get(name)!.expression!);
    const isOwn = place !== undefined && nodes[place]!.name === undefined;
    const value = isOwn ? place : add("function", "=", [place]);
    nodes[value] = { ...nodes[value]!, name: inCell(name) };
    values.set(name, value);
    return value;
  };
  return nodeOf;
};

/** What stands beside a sign, where it is short. */
const shortText = (expression: Expression): string => {
  const text = printExpression(expression);
  return text.length > longestBesideSign ? "…" : text;
};

const longestBesideSign = 6;

const isShifted = (indices: ReadonlyArray<Expression>, axis: string): boolean =>
  indices.some((index) => index.tag === "binary" && index.left.tag === "name" && index.left.text === axis);

/** What equations outside of the step, outputs and losses read. */
const readElsewhere = ({ of, minimized }: Variables, { inside }: Scope): ReadonlySet<string> =>
  new Set([
    ...[...of.values()].flatMap(({ name, kind, expression }) => [
      ...(kind === "output" ? [name] : []),
      ...(inside.has(name) || expression === undefined ? [] : referencesIn(expression).map((read) => read.name)),
    ]),
    ...(minimized === undefined ? [] : referencesIn(minimized.expression).map(({ name }) => name)),
  ]);

const inSource = ({ circuit }: Variables, { inside }: Scope): ReadonlyArray<Variable> => {
  const spanOf = ({ node }: Variable) => circuit.nodes[node]!.span;
  const all = [...inside.values()];
  const files = new Set(all.map((variable) => spanOf(variable)?.file));
  if (files.size > 1 || files.has(undefined)) return all;
  return all.sort((a, b) => spanOf(a)!.start - spanOf(b)!.start || a.node - b.node);
};

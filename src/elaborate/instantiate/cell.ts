import { type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { GivenFunction } from "../../circuit/model.ts";
import type { Definition, Variable } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import { limits } from "../limits.ts";
import type { Inside, Within } from "../problem.ts";
import { type Entity, type Scope, type StaticValue, type VariableEntity, withNames } from "../scope.ts";
import type { Term } from "../system.ts";
import { freeAxes } from "../term.ts";
import { applicationsOf } from "./applications.ts";
import { declareCellAxes } from "./axis.ts";
import { elaborateBody } from "./body.ts";
import type { Application, Context, Instance } from "./context.ts";
import { elaborateExpression } from "./expression.ts";
import { asVariable, axesOf, gateOf, type OpenGate } from "./gate.ts";
import { distinctAxes, type Letters, lettersOf, ridingAxes } from "./letters.ts";
import { applyOverrides } from "./override.ts";
import { readVariable } from "./read.ts";
import { bindStatics } from "./statics.ts";

type Cell = Exclude<Definition, { readonly tag: "model" }>;

/**
 * Expands an application: the cell's equations join the system under a path of their own, its letters stand for axes
 * of the caller, and its arguments become hidden variables.
 */
export const applyCell = (context: Context, application: Application): ReadonlyArray<Term> | undefined => {
  const { assembly } = context;
  const { callee, span } = application;
  const cell = callee.known.definition as Cell;
  if (application.arguments.length !== cell.arguments.length) {
    const expected = `${cell.arguments.length} argument${cell.arguments.length === 1 ? "" : "s"}`;
    assembly.report({
      tag: "argumentCount",
      span,
      name: cell.name.text,
      expected,
      found: application.arguments.length,
    });
    return undefined;
  }
  if (context.frame.within.length >= limits.cellDepth) {
    assembly.report({ tag: "endlessCell", span, cell: cell.name.text });
    return undefined;
  }
  const applications = assembly.countApplication();
  const size = applications - 1 + applicationsOf(callee.known);
  if (size > limits.applications) {
    const what = "The number of cells, all written out,";
    if (context.frame.within.length === 0 || applications === limits.applications + 1)
      assembly.report({ tag: "tooLarge", span, what, size, limit: limits.applications });
    return undefined;
  }
  const terms = application.arguments.map((argument) => elaborateExpression(context, argument));
  const letters = lettersOf(cell, terms, context, span);
  const statics = bindStatics(cell, callee, span, assembly.report);
  if (letters === undefined || statics === undefined) return undefined;

  const backward = (axis: TimeAxis): boolean => context.frame.reversed.has(axis.key) !== application.backward;
  const paths = pathsOf(context, application, cell);
  const gate = gateOf(context, application.gates, [...letters.values()]);
  const frame = frameOf(context, paths, cell, terms, letters, backward, gate);
  const axes = [...letters].map(([letter, axis]): readonly [string, Entity] => [
    letter,
    { tag: "axis", axis, reversed: backward(axis), span: cell.span },
  ]);
  const bare: Scope = { names: new Map(), variables: new Map(), home: callee.known.home };
  const known = withNames(bare, [...statics, ...axes]);
  const given = new Map(
    cell.arguments.map((argument, i) => [
      argument.name.text,
      argumentEntity(context, argument, terms[i]!, letters, frame),
    ]),
  );
  const scope: Scope = { ...known, variables: given };

  const here: Within[number] = { cell: cell.name.text, span, inside: insideOf(frame, letters, statics) };
  const named = insideCell(assembly, here);
  const close = (): void => {
    if (gate !== undefined) assembly.addGate({ ...gate, application: here });
  };
  if (cell.tag === "function") {
    const ambient = [...context.ambient, ...letters.values()];
    const result = elaborateExpression({ ...context, assembly: named, scope, frame, ambient }, cell.result);
    close();
    return [gate === undefined ? result : asVariable(named, cell.name.text, result)];
  }
  const inside = elaborateBody(
    cell.body,
    declareCellAxes(cell.body, scope, frame.statePrefix, named),
    frame,
    named,
    context.apply,
  );
  const within: Context = { ...context, scope: inside, frame };
  applyOverrides(context, inside, cell, application.overrides);
  close();
  return cell.results.map((result) => readResult(within, result));
};

/** What goes wrong inside a cell, now or later, is told with the place where the cell was applied. */
const insideCell = (assembly: Assembly, application: Within[number]): Assembly => {
  const inside = <A extends { readonly within?: Within }>(it: A): A => ({
    ...it,
    within: [...(it.within ?? []), application],
  });
  return {
    ...assembly,
    report: (problem) => assembly.report(inside(problem)),
    declare: (header) => assembly.declare(inside(header)),
    replace: (header) => assembly.replace(inside(header)),
  };
};

const insideOf = (
  { statePrefix, parameterPrefix, riding, reversed }: Instance,
  letters: Letters,
  statics: ReadonlyArray<readonly [string, Entity]>,
): Inside => ({
  prefixes: [statePrefix, parameterPrefix],
  riding: new Set(riding.map(({ key }) => key)),
  reversed,
  letters: new Map([...letters].map(([letter, { key }]) => [key, letter])),
  functions: Object.fromEntries(
    statics.flatMap(([name, entity]) => (entity.tag === "static" ? functionIn(name, entity.value) : [])),
  ),
});

/** Cells that are given to others are no functions. */
const functionIn = (name: string, value: StaticValue): ReadonlyArray<readonly [string, GivenFunction]> => {
  if (value.tag === "builtin") return [[name, { name: value.name, isOfTheLanguage: true }]];
  if (value.tag === "number" || value.known.definition.tag !== "function") return [];
  return [[name, { name: value.known.definition.name.text, isOfTheLanguage: false }]];
};

type Paths = Pick<Instance, "statePrefix" | "parameterPrefix" | "hasParameters">;

const pathsOf = ({ frame, assembly, base }: Context, { callee }: Application, cell: Cell): Paths => {
  if (cell.tag === "function") return frame;
  const parameterPrefix = callee.path ?? assembly.freshPath(base);
  const statePrefix = callee.path === undefined ? parameterPrefix : assembly.freshPath(callee.path);
  return { statePrefix, parameterPrefix, hasParameters: statePrefix !== parameterPrefix };
};

const frameOf = (
  context: Context,
  { statePrefix, parameterPrefix, hasParameters }: Paths,
  cell: Cell,
  terms: ReadonlyArray<Term>,
  letters: Letters,
  backward: (axis: TimeAxis) => boolean,
  gate: OpenGate | undefined,
): Instance => {
  const { within: around, gated: gatedAround } = context.frame;
  const within = [...around, cell.name.text];
  const reversed = new Set([...letters.values()].filter(backward).map(({ key }) => key));
  // The states vary along whatever a mask around them varies along.
  const gated = gate === undefined && gatedAround === undefined ? undefined : [...(gatedAround ?? []), ...axesOf(gate)];
  const masked = withoutAxes(gated ?? [], [...letters.values()]) as ReadonlyArray<TimeAxis>;
  const riding = distinctAxes([...ridingAxes(cell, terms, letters), ...masked]);
  const gating = gated === undefined ? {} : { gated };
  return { origin: "cell", statePrefix, parameterPrefix, hasParameters, riding, reversed, within, ...gating };
};

/** An argument is a hidden variable over its letters, and over what else its value varies along. */
const argumentEntity = (
  { assembly }: Context,
  argument: Variable,
  value: Term,
  letters: Letters,
  frame: Instance,
): VariableEntity => {
  const own = argument.indices.flatMap((index) => (index.tag === "name" ? (letters.get(index.text) ?? []) : []));
  const varied = distinctAxes([...freeAxes(value), ...(frame.gated === undefined ? [] : frame.riding)]);
  const riding = varied.filter(({ key }) => !own.some((axis) => axis.key === key));
  const path = assembly.hiddenPath();
  const { name, span } = argument;
  assembly.declare({ path, name: name.text, origin: "hidden", axes: [...riding, ...own], span: value.span });
  assembly.define(path, { tag: "equation", value });
  return {
    tag: "variable",
    name: name.text,
    prefix: path,
    kind: "variable",
    slots: own.map(({ key }) => (frame.reversed.has(key) ? "reversed" : "axis")),
    riding,
    span,
  };
};

const readResult = (context: Context, { name, indices, span }: Variable): Term => {
  const entity = context.scope.variables.get(name.text);
  if (entity !== undefined) return readVariable(context, entity, indices, span, elaborateExpression);
  context.assembly.report({ tag: "noDefinition", span, name: name.text });
  return { tag: "wrong", span };
};

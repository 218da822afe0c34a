import type { TimeAxis } from "../../circuit/axis.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Span } from "../../syntax/span.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Header } from "../assembly.ts";
import type { VariableEntity } from "../scope.ts";
import { staticNumber } from "../static.ts";
import type { Component, Term } from "../system.ts";
import { freeAxes } from "../term.ts";
import { type Context, pathIn } from "./context.ts";
import { distinctAxes } from "./letters.ts";
import { componentOf } from "./position.ts";
import { type Elaborate, readVariable } from "./read.ts";

type Member = Extract<Expression, { readonly tag: "member" }>;

/** What stands between the brackets behind it: an axis or a number, or else a symbol. */
type Index =
  | { readonly written: Expression; readonly component: Component }
  | { readonly written: Expression; readonly symbol: Term };

/**
 * `enc.Wf`, `z[2].Wf`: a parameter of an applied cell, by the path that it has here. The cell may be applied further
 * down, so that the path is looked up once all is written out; until then a hidden variable stands for it.
 */
export const elaborateMember = (
  context: Context,
  member: Member,
  indices: ReadonlyArray<Expression>,
  span: Span,
  elaborate: Elaborate,
): Term => {
  const { assembly, frame, scope } = context;
  const own = pathOf(context, member);
  if (own === undefined) return { tag: "wrong", span };
  const read = indices.map((written): Index => {
    const component = componentOf(scope, written);
    return component === undefined ? { written, symbol: elaborate(context, written) } : { written, component };
  });
  const path = assembly.hiddenPath();
  const written = printExpression(member);
  const axes = distinctAxes(read.flatMap(axesOf));
  assembly.declare({ path, name: written, origin: "hidden", axes, span });
  const prefixes = [...new Set([frame.parameterPrefix, frame.statePrefix])];
  const termOf = (header: Header): Term => termFor(context, header, read, span, elaborate);
  assembly.addMember({ path, written, prefixes, own, termOf, report: assembly.report, span });
  return { tag: "read", path, places: axes.map((axis) => ({ tag: "shift", axis, by: 0 })), span };
};

const axesOf = (index: Index): ReadonlyArray<TimeAxis> => {
  if ("symbol" in index) return freeAxes(index.symbol);
  return index.component.tag === "axis" ? [index.component.axis] : [];
};

/** The first indices are the parameter's axes, what is left are components. */
const termFor = (
  context: Context,
  { path, name, axes, span: declared }: Header,
  indices: ReadonlyArray<Index>,
  span: Span,
  elaborate: Elaborate,
): Term => {
  const slots = axes.map(() => "axis" as const);
  const entity: VariableEntity = {
    tag: "variable",
    name,
    prefix: path,
    kind: "parameter",
    slots,
    riding: [],
    span: declared,
  };
  const places = indices.slice(0, axes.length).map(({ written }) => written);
  return indices
    .slice(axes.length)
    .reduce<Term>(
      (table, index) =>
        "symbol" in index
          ? { tag: "lookup", table, symbol: index.symbol, span }
          : { tag: "component", table, index: index.component, span },
      readVariable(context, entity, places, span, elaborate),
    );
};

/** Names and indices that are known when compiling, as a path has them; undefined, and reported, if it is none. */
const pathOf = (context: Context, part: Expression): string | undefined => {
  if (part.tag === "name") return part.text;
  if (part.tag === "member") {
    const target = pathOf(context, part.target);
    return target === undefined ? undefined : pathIn(target, part.name.text);
  }
  const { scope, assembly } = context;
  if (part.tag !== "index") {
    const hint = "A parameter is read by the path that `check` prints: `enc.Wf`, of a family `z[2].Wf`.";
    assembly.report({ tag: "unsupported", span: part.span, what: "A dot behind a value", hint });
    return undefined;
  }
  const target = pathOf(context, part.target);
  const numbers = part.indices.map((index) => staticNumber(scope, index));
  const dynamic = part.indices[numbers.indexOf(undefined)];
  if (dynamic !== undefined)
    assembly.report({ tag: "notStatic", span: dynamic.span, expected: "The index of a family" });
  return target === undefined || dynamic !== undefined ? undefined : [target, ...numbers].join(".");
};

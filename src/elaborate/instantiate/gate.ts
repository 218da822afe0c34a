import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import type { Gate, GateValue, Term } from "../system.ts";
import { freeAxes, freeIndices } from "../term.ts";
import type { Context, Gates } from "./context.ts";
import { elaborateExpression } from "./expression.ts";

/** A gate without the application that it stands behind. */
export type OpenGate = Omit<Gate, "application"> & { readonly axes: ReadonlyArray<TimeAxis> };

/** What stands behind `when` and `reset`, which may vary along the axes of the left side and of the cell. */
export const gateOf = (
  context: Context,
  gates: Gates | undefined,
  letters: ReadonlyArray<TimeAxis>,
): OpenGate | undefined => {
  if (gates === undefined) return undefined;
  const bound = [...context.ambient, ...letters];
  const when = gates.when === undefined ? undefined : termOf(context, gates.when, bound);
  const reset = gates.reset === undefined ? undefined : termOf(context, gates.reset, bound);
  const span = (when ?? reset)!.span;
  const axes = [when, reset].flatMap((term) => (term === undefined ? [] : freeAxes(term)));
  return {
    letters,
    axes,
    ...(when === undefined ? {} : { when: kept(context, "when", when) }),
    ...(reset === undefined ? {} : { reset: kept(context, "reset", reset) }),
    within: [],
    span,
  };
};

export const axesOf = (gate: OpenGate | undefined): ReadonlyArray<TimeAxis> => gate?.axes ?? [];

const termOf = (context: Context, expression: Expression, bound: ReadonlyArray<TimeAxis>): Term => {
  const term = elaborateExpression(context, expression);
  const free = freeIndices(term).find(({ axis }) => !hasAxis(bound, axis));
  if (free === undefined) return term;
  const { span, axis } = free;
  context.assembly.report({ tag: "unboundIndex", span, axis: axis.key, over: bound.map(({ key }) => key) });
  return { tag: "wrong", span: expression.span };
};

const kept = ({ assembly }: Context, name: string, term: Term): GateValue => {
  const { path, span } = asVariable(assembly, name, term);
  return { path, span };
};

/** A term as a hidden variable over whatever it varies along. */
export const asVariable = (assembly: Assembly, name: string, value: Term): Extract<Term, { readonly tag: "read" }> => {
  const path = assembly.hiddenPath();
  const axes = freeAxes(value);
  const { span } = value;
  assembly.declare({ path, name, origin: "hidden", axes, span });
  assembly.define(path, { tag: "equation", value });
  return { tag: "read", path, places: axes.map((axis) => ({ tag: "shift", axis, by: 0 })), span };
};

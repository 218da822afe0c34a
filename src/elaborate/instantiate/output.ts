import { sameAxis } from "../../circuit/axis.ts";
import type { Expression, Variable } from "../../syntax/tree.ts";
import { builtinNamed, type Entity, lookUp, type VariableEntity } from "../scope.ts";
import { freeAxes } from "../term.ts";
import type { Context } from "./context.ts";
import { elaborateExpression } from "./expression.ts";
import { isBoundary, targetOf } from "./target.ts";

/**
 * `output h` is the whole variable, whatever its axes, and every member of a family; `output h[T]`, `output h[s]` the
 * value that this reads, under the variable's name.
 */
export const markOutput = (context: Context, variable: Variable): void => {
  const { assembly, frame, scope } = context;
  const { name, indices, span } = variable;
  const entity = lookUp(scope, name.text);
  if (frame.origin === "cell") {
    const hint = "Make it a result of the cell (`-> (h[t], a[t])`), and put `output` where the cell is applied.";
    assembly.report({ tag: "unsupported", span, what: "`output` inside a cell", hint });
  } else if (entity?.tag !== "variable") reportNoVariable(context, variable, entity);
  else if (indices.length === 0) {
    for (const path of membersOf(context, entity)) assembly.addOutput(path, path, span);
  } else {
    const path = wholeOf(context, variable, entity);
    if (path !== undefined) assembly.addOutput(path, path, span);
    else markReading(context, variable, entity);
  }
};

const reportNoVariable = ({ assembly, scope }: Context, { name }: Variable, entity: Entity | undefined): void => {
  const { text, span } = name;
  const kind = entity === undefined ? builtinNamed(text) && "a function" : kinds[entity.tag];
  assembly.report(
    kind === undefined
      ? { tag: "unknownName", span, name: text, known: [...scope.variables.keys()] }
      : { tag: "notAValue", span, name: text, kind },
  );
};

const kinds: { readonly [T in Entity["tag"]]: string } = {
  axis: "an axis",
  length: "the length of an axis",
  static: "known when compiling",
};

/** The variable, or all members of a family in the order of their definition. */
const membersOf = ({ assembly }: Context, { prefix, slots }: VariableEntity): ReadonlyArray<string> => {
  const members = slots.filter((slot) => slot === "static").length;
  if (members === 0) return assembly.header(prefix) === undefined ? [] : [prefix];
  return assembly
    .paths()
    .filter(
      (path) =>
        path.startsWith(`${prefix}.`) &&
        /^(\.-?\d+)+$/.test(path.slice(prefix.length)) &&
        path.slice(prefix.length).split(".").length === members + 1,
    );
};

/** The path of the variable, or of the member, if each index is the axis that it was defined with. */
const wholeOf = ({ assembly, scope }: Context, variable: Variable, entity: VariableEntity): string | undefined => {
  const target = targetOf(variable, entity, scope, () => {});
  if (target === undefined || isBoundary(target)) return undefined;
  const axes = assembly.header(target.path)?.axes;
  const isPlain = target.indices.every(
    (index, i) => index.tag === "shift" && index.by === 0 && axes?.[i] !== undefined && sameAxis(index.axis, axes[i]),
  );
  return isPlain ? target.path : undefined;
};

/** A value of its own, over the axes that its indices leave free. */
const markReading = (context: Context, { name, indices, span }: Variable, { slots, prefix }: VariableEntity): void => {
  const { assembly } = context;
  const read: Expression = { tag: "index", target: { tag: "name", text: name.text, span: name.span }, indices, span };
  const value = elaborateExpression(context, read);
  const target = targetOf({ name, indices, span }, { slots, prefix }, context.scope, () => {});
  const path = assembly.hiddenPath();
  assembly.declare({ path, name: name.text, origin: "hidden", axes: freeAxes(value), span });
  assembly.define(path, { tag: "equation", value });
  assembly.addOutput(target?.path ?? prefix, path, span);
};

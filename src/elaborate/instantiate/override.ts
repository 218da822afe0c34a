import type { TimeAxis } from "../../circuit/axis.ts";
import { printVariable } from "../../syntax/print.ts";
import type { Span } from "../../syntax/span.ts";
import type { Definition, Variable } from "../../syntax/tree.ts";
import { axesIn, type Scope, type Slot, type VariableEntity } from "../scope.ts";
import { staticNumber } from "../static.ts";
import { elaborateBoundary } from "./boundary.ts";
import type { Context, Override } from "./context.ts";
import { type Index, indexOf } from "./position.ts";
import { looksElsewhere } from "./states.ts";

type Cell = Extract<Definition, { readonly tag: "cell" }>;

/** Replaces boundaries of the cell by values of the caller, each of them once. */
export const applyOverrides = (
  caller: Context,
  inside: Scope,
  cell: Cell,
  overrides: ReadonlyArray<Override>,
): void => {
  const first = new Map<string, Span>();
  for (const override of overrides) {
    const { span } = override.variable;
    const place = applyOverride(caller, inside, cell, override);
    if (place === undefined) continue;
    const earlier = first.get(place);
    if (earlier === undefined) first.set(place, span);
    else
      caller.assembly.report({
        tag: "definedTwice",
        span,
        name: printVariable(override.variable),
        first: earlier,
        what: "boundaries",
      });
  }
};

/** Gives the place of the boundary; undefined if a problem is reported. */
const applyOverride = (caller: Context, inside: Scope, cell: Cell, override: Override): string | undefined => {
  const { report } = caller.assembly;
  const { name, span } = override.variable;
  const entity = inside.variables.get(stateNamed(cell, override));
  const header = entity === undefined ? undefined : caller.assembly.header(entity.prefix);
  if (entity === undefined || header === undefined || entity.kind === "parameter") {
    const known = [...inside.variables.values()].flatMap((other) => (other.kind === "variable" ? [other.name] : []));
    report({ tag: "badOverride", span, name: name.text, known });
    return undefined;
  }
  const indices =
    override.indices ?? overrideIndices(caller, override, entity, header.axes.slice(-entity.slots.length));
  if (indices.length === entity.slots.length && indices.every((index) => index !== undefined)) {
    const by = override.indices === undefined ? "with" : "statement";
    const context = { ...caller, scope: override.scope };
    const slots = elaborateBoundary(context, entity.prefix, indices, override.variable, override.value, by);
    return slots === undefined ? undefined : JSON.stringify([entity.prefix, slots]);
  }
  const wrong = override.variable.indices.find((index) => indexOf(override.scope, index, "axis") === undefined);
  if (wrong !== undefined) report({ tag: "notAnIndex", span: wrong.span, known: axesIn(override.scope) });
  else report({ tag: "indexCount", span, name: name.text, expected: entity.slots.length, found: indices.length });
  return undefined;
};

/** The cell's own word for a state goes before the name that stands on the left. */
const stateNamed = (cell: Cell, { variable: { name }, indices, result }: Override): string =>
  result === undefined || (indices === undefined && looksElsewhere(cell, name.text))
    ? name.text
    : (cell.results[result]?.name.text ?? "");

/**
 * The indices of a `with`, for the axes along which the cell runs. Positions are the cell's own, which count from the end
 * when it runs backward; what is said of the end is said of the caller's: of a backward cell `h[T+1]` is `h[0]`.
 */
const overrideIndices = (
  { frame }: Context,
  { variable, scope }: { readonly variable: Variable; readonly scope: Scope },
  { slots }: VariableEntity,
  axes: ReadonlyArray<TimeAxis>,
): ReadonlyArray<Index | undefined> => {
  const first = variable.indices.length - slots.length;
  const read = variable.indices.map((index, i): Index | undefined => {
    const [slot, axis] = [slots[i - first] ?? "axis", axes[i - first]];
    const callers: Slot = axis !== undefined && frame.reversed.has(axis.key) ? "reversed" : "axis";
    const plain = indexOf(scope, index, callers);
    const speaksOfEnd =
      (plain?.tag === "position" && plain.length !== undefined) ||
      (slot === "reversed" && (staticNumber(scope, index) ?? 0) > 0);
    return speaksOfEnd ? plain : indexOf(scope, index, slot);
  });
  const outside = read.filter((index) => index?.tag !== "shift");
  return outside.length === slots.length ? outside : read.slice(Math.max(0, first));
};

import type { Definition } from "../../syntax/tree.ts";
import type { Scope, Slot } from "../scope.ts";
import { elaborateBoundary } from "./boundary.ts";
import type { Context, Override } from "./context.ts";
import { type Index, indexOf } from "./position.ts";

/** Replaces a boundary of the cell by a value of the caller. */
export const applyOverride = (
  caller: Context,
  inside: Scope,
  cell: Extract<Definition, { readonly tag: "cell" }>,
  override: Override,
): void => {
  const { report } = caller.assembly;
  const { name, span } = override.variable;
  const own = override.result === undefined ? name.text : (cell.results[override.result]?.name.text ?? "");
  const entity = inside.variables.get(own);
  const header = entity === undefined ? undefined : caller.assembly.header(entity.prefix);
  if (entity === undefined || header === undefined || entity.kind === "parameter") {
    const known = [...inside.variables.values()].flatMap((other) => (other.kind === "variable" ? [other.name] : []));
    report({ tag: "badOverride", span, name: name.text, known });
    return;
  }
  const indices = overrideIndices(override, entity.slots);
  if (indices.length === entity.slots.length && indices.every((index) => index !== undefined))
    elaborateBoundary({ ...caller, scope: override.scope }, entity.prefix, indices, override.variable, override.value);
  else report({ tag: "indexCount", span, name: name.text, expected: entity.slots.length, found: indices.length });
};

/**
 * The indices of an override, for the axes along which the cell runs. Positions are the cell's own, which count from
 * the end when it runs backward, unless the caller states the boundary apart or speaks of the axis's length.
 */
const overrideIndices = (
  { variable, fromCaller, result, scope }: Override,
  slots: ReadonlyArray<Slot>,
): ReadonlyArray<Index | undefined> => {
  const first = variable.indices.length - slots.length;
  const read = variable.indices.map((index, i): Index | undefined => {
    const plain = indexOf(scope, index, "axis");
    const speaksOfLength = plain?.tag === "position" && plain.length !== undefined;
    return fromCaller || (result !== undefined && speaksOfLength)
      ? plain
      : indexOf(scope, index, slots[i - first] ?? "axis");
  });
  const outside = read.filter((index) => index?.tag !== "shift");
  return outside.length === slots.length ? outside : read.slice(Math.max(0, first));
};

import type { Model } from "../../circuit/model.ts";
import { type Reference, referencesIn } from "../equations/references.ts";
import { leftText } from "../text.ts";
import type { CellBox } from "./folded-cells.ts";
import type { Variable, Variables } from "./variables.ts";

/** A cell as one box: `h[t] = LSTM(x[t], h[t-1])`. What it reads of itself it reads with a delay. */
export const cellBox = ({ of, model }: Variables, cell: string): CellBox => {
  const inside = [...of.values()].filter((variable) => isIn(variable.cell, cell) && variable.kind !== "parameter");
  const result = inside.find(({ name }) => name === cell);
  const reads = [...new Set(inside.flatMap((variable) => readsOf(variable, cell, of)))];
  const given = reads.length > mostReads ? `${reads.slice(0, mostReads).join(", ")}, …` : reads.join(", ");
  const name = cellName(model, cell);
  return {
    kind: result?.kind ?? (inside.some(({ isCarried }) => isCarried) ? "state" : "value"),
    title: result?.title ?? cell,
    // What the derivatives of a program are kept in is no cell.
    rest: name === "" ? `: of ${given}` : `${result === undefined ? ": " : " = "}${name}(${given})`,
    notes: [...inside.flatMap(({ notes }) => notes)],
  };
};

/** More would make a box that is wider than all others. */
const mostReads = 5;

const isIn = (path: string, cell: string): boolean => path === cell || path.startsWith(`${cell}.`);

/** As the source calls it: `backward LSTM`. */
export const cellName = ({ parameters, cells }: Model, cell: string): string => {
  const found = parameters.find(({ path }) => path.slice(0, path.lastIndexOf(".")) === cell)?.cell ?? cells?.get(cell);
  return found === undefined ? "" : `${found.isBackward ? "backward " : ""}${found.name}`;
};

/** What an equation reads from outside of its cell, and of the cell's own result; not what stands in brackets of these. */
const readsOf = ({ expression }: Variable, cell: string, of: Variables["of"]): ReadonlyArray<string> => {
  if (expression === undefined) return [];
  const kinds = new Map([...of.values()].map((variable) => [variable.name, variable]));
  const isRead = ({ name, indices }: Reference): boolean => {
    const variable = kinds.get(name);
    if (variable === undefined || (variable.kind === "parameter" && indices.length === 0)) return false;
    return !isIn(variable.cell, cell) || name === cell;
  };
  const all = referencesIn(expression);
  const within = new Set(all.flatMap(({ indices }) => indices.flatMap(referencesIn)));
  const inner = new Set([...within].map((reference) => leftText(reference)));
  return all
    .filter(isRead)
    .map((reference) => leftText(reference))
    .filter((text) => !inner.has(text));
};

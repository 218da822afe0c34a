import { indexText } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import { type Reference, referencesIn } from "../equations/references.ts";

/** Where an expression reads a variable at a fixed position: `h[T]`, and `h[1]`; nothing where it reads it as it stands. */
export const fixedReads = (expression: Expression, name: string, axes: ReadonlySet<string>): string | undefined => {
  const found = referencesIn(expression).filter(
    (reference) => reference.name === name && reference.indices.some((index) => isFixed(index, axes)),
  );
  return found.length === 0 ? undefined : [...new Set(found.map(textOf))].join(", ");
};

const textOf = ({ name, indices }: Reference): string => `${name}[${indices.map(indexText).join(",")}]`;

const isFixed = (index: Expression, axes: ReadonlySet<string>): boolean => {
  if (index.tag === "number") return true;
  if (index.tag === "binary") return isFixed(index.left, axes);
  return index.tag === "name" && !axes.has(index.text);
};

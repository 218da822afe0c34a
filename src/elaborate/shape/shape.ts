import type { Label } from "../../syntax/diagnostic.ts";
import type { DeclaredType } from "../system.ts";

/** The shape of one element of a variable. A row is a transposed vector; a symbol is one of `size`. */
export type Shape =
  | { readonly tag: "unknown"; readonly id: number }
  | { readonly tag: "scalar" }
  | { readonly tag: "vector"; readonly size: Size }
  | { readonly tag: "row"; readonly size: Size }
  | { readonly tag: "matrix"; readonly rows: Size; readonly columns: Size }
  | { readonly tag: "symbol"; readonly size: Size };

/** A size that is known remembers where it was stated. */
export type Size =
  | { readonly tag: "unknown"; readonly id: number }
  | { readonly tag: "known"; readonly value: number; readonly origins: ReadonlyArray<Label> };

export const scalar: Shape = { tag: "scalar" };
export const vector = (size: Size): Shape => ({ tag: "vector", size });
export const row = (size: Size): Shape => ({ tag: "row", size });
export const matrix = (rows: Size, columns: Size): Shape => ({ tag: "matrix", rows, columns });
export const symbol = (size: Size): Shape => ({ tag: "symbol", size });

export const shapeOfType = (type: DeclaredType, name: string): Shape => {
  const known = ({ value, span }: { readonly value: number; readonly span: Label["span"] }): Size => ({
    tag: "known",
    value,
    origins: [{ span, text: `\`${name}\` was declared with ${value} here` }],
  });
  if (type.tag === "symbol") return symbol(known(type.size));
  if (type.tag === "position") return scalar;
  const [first, second] = type.sizes.map(known);
  if (first === undefined) return scalar;
  return second === undefined ? vector(first) : matrix(first, second);
};

export const sizesOf = (shape: Shape): ReadonlyArray<Size> => {
  switch (shape.tag) {
    case "unknown":
    case "scalar":
      return [];
    case "vector":
    case "row":
    case "symbol":
      return [shape.size];
    case "matrix":
      return [shape.rows, shape.columns];
  }
};

/** A shape as it is written in the language; `?` is not known. */
export const showShape = (shape: Shape): string => {
  const size = (found: Size): string => (found.tag === "known" ? String(found.value) : "?");
  switch (shape.tag) {
    case "unknown":
      return "of unknown shape";
    case "scalar":
      return "R";
    case "vector":
      return `R[${size(shape.size)}]`;
    case "row":
      return `R[${size(shape.size)}]^T`;
    case "matrix":
      return `R[${size(shape.rows)},${size(shape.columns)}]`;
    case "symbol":
      return `symbol[${size(shape.size)}]`;
  }
};

import { lengthOf } from "../safetensors.ts";
import type { Dialect, Part, TensorForm } from "./dialect.ts";

type Shape = ReadonlyArray<number>;

/** A parameter's rows and columns: a vector, as the matrix of a cell that reads one number, is a column. */
export interface Extents {
  readonly rows: number;
  readonly columns: number;
}

export const extentsOf = (shape: Shape): Extents => ({ rows: shape[0] ?? 1, columns: lengthOf(shape.slice(1)) });

/** The shape of a tensor whose blocks are parameters of these extents. */
export const tensorShape = (
  { blocks }: Pick<Dialect, "blocks">,
  { form, gates }: TensorForm,
  { rows, columns }: Extents,
): Shape => {
  if (form === "vector") return [gates * rows];
  if (form === "two vectors") return [2, gates * rows];
  return blocks === "rows" ? [gates * rows, columns] : [columns, gates * rows];
};

/** Where in such a tensor each element of a parameter lies, in the parameter's order. */
export const placesOf = (
  { blocks }: Pick<Dialect, "blocks">,
  { form, gates }: TensorForm,
  { rows, columns }: Extents,
  { gate, row = 0 }: Part,
): Int32Array => {
  const across = gates * rows;
  const place = (i: number, j: number): number => {
    if (form !== "matrix") return row * across + gate * rows + i;
    return blocks === "rows" ? (gate * rows + i) * columns + j : j * across + gate * rows + i;
  };
  return Int32Array.from({ length: rows * columns }, (_, k) => place(Math.floor(k / columns), k % columns));
};

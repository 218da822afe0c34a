import { addIndex, type BufferId, type Dimension, type Index, type Loop, type Product } from "../loops.ts";

/** Zeros where a product's sums will stand in a buffer. */
export const cleared = (product: Product, buffer: BufferId): Loop =>
  overSums(product, (index) => ({
    tag: "store",
    buffer,
    index,
    value: { tag: "number", value: 0 },
    mode: "set",
  }));

/** A product's sums, copied to where it would have them. */
export const copied = (product: Product, from: BufferId): Loop =>
  overSums(product, (index) => ({
    tag: "store",
    buffer: product.result.buffer,
    index,
    value: { tag: "load", buffer: from, index },
    mode: "set",
  }));

/** Part of a product, with its sums in another buffer. */
export const summedIn = (loop: Loop, buffer: BufferId): Loop =>
  loop.tag === "product" ? { ...loop, result: { ...loop.result, buffer } } : loop;

const overSums = ({ result: { index }, m, n }: Product, body: (at: Index) => Loop): Loop => {
  const over = (variable: string, { extent, result }: Dimension, inside: (at: Index) => Loop, at: Index): Loop => ({
    tag: "for",
    variable,
    extent: { tag: "size", size: extent },
    descending: false,
    body: [inside(addIndex(at, { terms: [{ variable, stride: result }], constant: [] }))],
  });
  return over("row", m, (at) => over("column", n, body, at), index);
};

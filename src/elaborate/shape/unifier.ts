import { type Shape, type Size, scalar } from "./shape.ts";

/** What is known of unknown shapes and sizes. The one mutable thing of shape inference. */
export interface Unifier {
  readonly unknown: () => Shape;
  readonly unknownSize: () => Size;
  /** A shape with everything that is known of it put in. */
  readonly shape: (shape: Shape) => Shape;
  readonly size: (size: Size) => Size;
  /** Makes two shapes equal; false if they cannot be. */
  readonly unify: (a: Shape, b: Shape) => boolean;
  readonly unifySize: (a: Size, b: Size) => boolean;
  /** Grows whenever something becomes known. */
  readonly facts: () => number;
}

export const newUnifier = (): Unifier => {
  const shapes: Array<Shape | undefined> = [];
  const sizes: Array<Size | undefined> = [];
  let facts = 0;

  const size = (found: Size): Size => endOf(sizes, found);
  const head = (found: Shape): Shape => endOf(shapes, found);
  const shape = (found: Shape): Shape => {
    const top = head(found);
    if (top.tag === "matrix") return { ...top, rows: size(top.rows), columns: size(top.columns) };
    return "size" in top ? { ...top, size: size(top.size) } : top;
  };
  const unifySize = (a: Size, b: Size): boolean => {
    const [x, y] = [size(a), size(b)];
    if (x.tag === "known" && y.tag === "known") return x.value === y.value;
    if (x.tag === "unknown" && y.tag === "unknown" && x.id === y.id) return true;
    if (x.tag === "unknown") sizes[x.id] = y;
    else if (y.tag === "unknown") sizes[y.id] = x;
    facts += 1;
    return true;
  };
  const unify = (a: Shape, b: Shape): boolean => {
    const [x, y] = [head(a), head(b)];
    if (x.tag === "unknown" && y.tag === "unknown" && x.id === y.id) return true;
    if (x.tag === "unknown" || y.tag === "unknown") {
      const [open, other] = x.tag === "unknown" ? [x, y] : [y as Extract<Shape, { readonly tag: "unknown" }>, x];
      shapes[open.id] = other;
      facts += 1;
      return true;
    }
    if (x.tag === "matrix" && y.tag === "matrix") {
      const rows = unifySize(x.rows, y.rows);
      return unifySize(x.columns, y.columns) && rows;
    }
    if ("size" in x && "size" in y) return x.tag === y.tag && unifySize(x.size, y.size);
    return x.tag === scalar.tag && y.tag === scalar.tag;
  };

  return {
    unknown: () => ({ tag: "unknown", id: shapes.push(undefined) - 1 }),
    unknownSize: () => ({ tag: "unknown", id: sizes.push(undefined) - 1 }),
    shape,
    size,
    unify,
    unifySize,
    facts: () => facts,
  };
};

/** The end of a chain of unknowns. All of them then know it, so that no chain is walked twice. */
const endOf = <A extends { readonly tag: string; readonly id?: number }>(known: Array<A | undefined>, found: A): A => {
  const passed: number[] = [];
  let end = found;
  for (;;) {
    const next = end.tag === "unknown" ? known[end.id!] : undefined;
    if (next === undefined) break;
    passed.push(end.id!);
    end = next;
  }
  for (const id of passed) known[id] = end;
  return end;
};

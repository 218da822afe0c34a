import type { Constraint } from "./constraint.ts";
import { conflict, done, type Outcome, supposing, wait } from "./outcome.ts";
import { matrix, row, type Shape, type Size, scalar, vector } from "./shape.ts";
import type { Unifier } from "./unifier.ts";

type Product = Extract<Constraint, { readonly tag: "product" }>;

/** A product of any two of scalar, vector, row and matrix; what is not known yet follows from the others. */
export const productRule = (u: Unifier, product: Product): Outcome => {
  const { left, right, result } = product;
  const [l, r, o] = [u.shape(left.shape), u.shape(right.shape), u.shape(result.shape)];
  const gives = (shape: Shape): Outcome =>
    u.unify(result.shape, shape)
      ? done
      : conflict("The product is used with another shape", { ...result, shape }, result);
  const contracts = (a: Size, b: Size, shape: Shape): Outcome =>
    u.unifySize(a, b)
      ? gives(shape)
      : conflict("A product needs as many columns on the left as there are rows on the right", left, right);
  const clash = conflict(
    l.tag === "vector" && r.tag === "vector"
      ? "Two vectors have no product: write `v^T x` for the inner, `v * x` for the pointwise product"
      : l.tag === "vector" && r.tag === "matrix"
        ? "A matrix stands before its vector, as in `U x`"
        : "These two have no product",
    left,
    right,
  );

  if (l.tag === "symbol" || r.tag === "symbol") return clash;
  if (l.tag === "scalar") return gives(r);
  if (r.tag === "scalar")
    return l.tag !== "vector" || u.unify(result.shape, l)
      ? gives(l)
      : conflict("A vector times a number is such a vector; a matrix stands before it, as in `U x`", left, result);
  if (l.tag === "unknown") return unknownLeft(u, product, r, o);
  if (r.tag === "unknown") return unknownRight(u, product, l, o);
  if (l.tag === "matrix" && r.tag === "matrix") return contracts(l.columns, r.rows, matrix(l.rows, r.columns));
  if (l.tag === "matrix" && r.tag === "vector") return contracts(l.columns, r.size, vector(l.rows));
  if (l.tag === "row" && r.tag === "vector") return contracts(l.size, r.size, scalar);
  if (l.tag === "row" && r.tag === "matrix") return contracts(l.size, r.rows, row(r.columns));
  if (l.tag === "vector" && r.tag === "row") return gives(matrix(l.size, r.size));
  return clash;
};

const unknownLeft = (u: Unifier, { left, transposed }: Product, r: Shape, o: Shape): Outcome => {
  const becomes = (shape: Shape): void => void u.unify(left.shape, shape);
  const aMatrix = (size: Size): void => becomes(matrix(u.unknownSize(), size));
  if (r.tag === "vector" && o.tag === "scalar") becomes(row(r.size));
  else if (r.tag === "vector" && o.tag === "vector" && differ(r.size, o.size)) aMatrix(r.size);
  else if (r.tag === "matrix" && o.tag === "row") becomes(row(r.rows));
  else if (r.tag === "row" && o.tag === "matrix") becomes(vector(o.rows));
  else if (r.tag === "vector" && transposed && o.tag === "unknown") return supposing(2, () => becomes(row(r.size)));
  else if (r.tag === "vector") return supposing(transposed ? 2 : 0, () => aMatrix(r.size));
  else if (r.tag === "matrix") return supposing(0, () => aMatrix(r.rows));
  else if (r.tag === "row") return supposing(3, () => becomes(vector(u.unknownSize())));
  else if (o.tag === "vector") return supposing(3, () => becomes(matrix(o.size, u.unknownSize())));
  else return wait;
  return wait;
};

const unknownRight = (u: Unifier, { right }: Product, l: Shape, o: Shape): Outcome => {
  const becomes = (shape: Shape): void => void u.unify(right.shape, shape);
  if (l.tag === "matrix" && o.tag === "vector") becomes(vector(l.columns));
  else if (l.tag === "row" && o.tag === "scalar") becomes(vector(l.size));
  else if (l.tag === "vector" && o.tag === "vector") becomes(scalar);
  else if (l.tag === "vector" && o.tag === "matrix") becomes(row(o.columns));
  else if (l.tag === "matrix" && o.tag === "matrix") return supposing(3, () => becomes(matrix(l.columns, o.columns)));
  else if (l.tag === "matrix") return supposing(3, () => becomes(vector(l.columns)));
  else if (l.tag === "row") return supposing(3, () => becomes(vector(l.size)));
  else return wait;
  return wait;
};

const differ = (a: Size, b: Size): boolean => a.tag === "known" && b.tag === "known" && a.value !== b.value;

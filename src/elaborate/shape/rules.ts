import { concatRule } from "./concat.ts";
import type { Constraint, Typed } from "./constraint.ts";
import { alike, conflict, done, type Outcome, supposing, wait } from "./outcome.ts";
import { productRule } from "./product.ts";
import { matrix, type Shape, scalar, symbol, vector } from "./shape.ts";
import type { Unifier } from "./unifier.ts";

type RuleTable = {
  readonly [T in Constraint["tag"]]: (u: Unifier, constraint: Extract<Constraint, { readonly tag: T }>) => Outcome;
};

/** Learns what a constraint says now. */
export const applyRule = (u: Unifier, constraint: Constraint): Outcome => rules[constraint.tag](u, constraint as never);

const rules: RuleTable = {
  same: (u, { left, right, rule }) =>
    u.unify(left.shape, right.shape) ? done : conflict(rule ?? "Both sides must have the same shape", left, right),

  fits: (u, { value, target }) => {
    const [v, t] = [u.shape(value.shape), u.shape(target.shape)];
    if (v.tag === "unknown" && t.tag === "unknown") return wait;
    if (v.tag === "unknown") return t.tag === "symbol" ? supposing(1, () => void u.unify(v, scalar)) : alike(u, [v], t);
    if (v.tag !== "scalar")
      return u.unify(v, t) ? done : conflict("This value must have the shape of its variable", value, target);
    return t.tag === "unknown" ? supposing(4, () => void u.unify(t, scalar)) : done;
  },

  mix: (u, { mask, next, last, span }) => {
    if (!u.unify(next.shape, last.shape)) return conflict("A state has one shape", next, last);
    if (u.shape(next.shape).tag === "symbol")
      return conflict("A symbol is no number, so that there is no part of one", next);
    const outcome = rules.fits(u, { tag: "fits", value: mask, target: next, span });
    if (outcome.tag !== "conflict") return outcome;
    return conflict("A mask is one number, or has the shape of every state of the cell", mask, next);
  },

  pointwise: (u, { operands, result }) => {
    const shapes = operands.map(({ shape }) => u.shape(shape));
    const wrong = shapes.findIndex(({ tag }) => tag === "symbol");
    if (wrong >= 0) return conflict("A symbol is no number: look it up or write `onehot(…)`", operands[wrong]!);
    const big = shapes.findIndex(({ tag }) => tag !== "unknown" && tag !== "scalar");
    const open = operands.filter((_, i) => shapes[i]!.tag === "unknown");
    if (big >= 0) return pointwiseOf(u, operands, result, operands[big]!, open);
    return scalarsOnly(u, operands, result, open);
  },

  product: productRule,

  transpose: (u, { operand, result }) => {
    const [a, b] = [u.shape(operand.shape), u.shape(result.shape)];
    if (a.tag === "unknown" && b.tag === "unknown") return wait;
    const [known, other] = a.tag === "unknown" ? [b, operand] : [a, result];
    const swapped = transposed(known);
    if (swapped === undefined) return conflict("A symbol has no transpose", operand);
    return u.unify(other.shape, swapped)
      ? done
      : conflict("The transpose is used with another shape", { ...operand, shape: swapped }, result);
  },

  concat: concatRule,

  lookup: (u, { table, symbol: index, result }) => {
    const [e, w, r] = [u.shape(table.shape), u.shape(index.shape), u.shape(result.shape)];
    if (w.tag !== "unknown" && w.tag !== "symbol")
      return conflict("A component is counted by an axis plus a whole number, or named by a symbol", index);
    const rows = w.tag === "symbol" ? w.size : u.unknownSize();
    const fits = (shape: Shape, row: Shape): Outcome => {
      if (!u.unify(table.shape, shape)) return conflict("The table must have a row for each symbol", table, index);
      return u.unify(result.shape, row)
        ? done
        : conflict("A row is used with another shape", { ...table, shape: row }, result);
    };
    if (e.tag === "matrix") return w.tag === "unknown" ? wait : fits(matrix(rows, e.columns), vector(e.columns));
    if (e.tag === "vector") return w.tag === "unknown" ? wait : fits(vector(rows), scalar);
    if (e.tag !== "unknown") return conflict("Only a matrix or a vector has components", table);
    if (r.tag === "vector") return fits(matrix(rows, r.size), r);
    if (r.tag === "scalar") return fits(vector(rows), r);
    return supposing(0, () => void u.unify(table.shape, matrix(rows, u.unknownSize())));
  },

  component: (u, { table, result, supposed }) => {
    const [e, r] = [u.shape(table.shape), u.shape(result.shape)];
    if (e.tag === "matrix" || e.tag === "vector") {
      const [size, one] = e.tag === "matrix" ? [e.rows, vector(e.columns)] : [e.size, scalar];
      if (!u.unify(result.shape, one))
        return conflict("A component is used with another shape", { ...result, shape: one }, result);
      if (size.tag === "known") return done;
      if (supposed === undefined) return wait;
      return supposing(4, () => void u.unifySize(size, { tag: "known", value: supposed, origins: [] }));
    }
    if (e.tag !== "unknown") return conflict("Only a matrix or a vector has components", table);
    const of = (shape: Shape): Outcome => {
      u.unify(table.shape, shape);
      return wait;
    };
    if (r.tag === "vector") return of(matrix(u.unknownSize(), r.size));
    if (r.tag === "scalar") return of(vector(u.unknownSize()));
    const isRow = supposed !== undefined;
    return supposing(3, () => void of(isRow ? matrix(u.unknownSize(), u.unknownSize()) : vector(u.unknownSize())));
  },

  onehot: (u, { symbol: index, vector: components }) => {
    const [w, p] = [u.shape(index.shape), u.shape(components.shape)];
    if (w.tag === "unknown" && p.tag === "unknown") return wait;
    const size = w.tag === "symbol" ? w.size : p.tag === "vector" ? p.size : u.unknownSize();
    return u.unify(index.shape, symbol(size)) && u.unify(components.shape, vector(size))
      ? done
      : conflict("A symbol goes with a vector that has a component for each symbol", index, components);
  },

  outer: (u, { left, right, result }) => {
    const [l, r] = [u.shape(left.shape), u.shape(right.shape)];
    const vectors = [l, r].every(({ tag }) => tag === "vector" || tag === "unknown");
    if (!vectors) return conflict("The outer product is of two vectors", left, right);
    const [m, n] = [u.unknownSize(), u.unknownSize()];
    u.unify(left.shape, vector(m));
    u.unify(right.shape, vector(n));
    return u.unify(result.shape, matrix(m, n)) ? done : conflict("The outer product is a matrix", result);
  },

  compare: (u, { left, right, result }) => {
    const [l, r] = [u.shape(left.shape), u.shape(right.shape)];
    if (l.tag === "unknown" && r.tag === "unknown") return wait;
    if (l.tag !== "symbol" && r.tag !== "symbol") return rules.pointwise(u, pointwiseFrom(left, right, result));
    u.unify(result.shape, scalar);
    const other = l.tag === "symbol" ? r : l;
    if (other.tag === "scalar") return done;
    return u.unify(l, r) ? done : conflict("A symbol is compared with a symbol", left, right);
  },

  components: (u, { operand }) => {
    const { tag } = u.shape(operand.shape);
    if (tag === "unknown") return supposing(3, () => void u.unify(operand.shape, vector(u.unknownSize())));
    return tag === "scalar" || tag === "symbol" ? conflict("This needs a vector", operand) : done;
  },
};

const pointwiseFrom = (left: Typed, right: Typed, result: Typed) =>
  ({ tag: "pointwise", operands: [left, right], result, span: result.span }) as const;

/** One operand is no scalar, so the result has its shape, and so has every other that is no scalar. */
const pointwiseOf = (
  u: Unifier,
  operands: ReadonlyArray<Typed>,
  result: Typed,
  big: Typed,
  open: ReadonlyArray<Typed>,
): Outcome => {
  for (const operand of operands) {
    const { tag } = u.shape(operand.shape);
    if (tag !== "unknown" && tag !== "scalar" && !u.unify(operand.shape, big.shape))
      return conflict("Operands must have equal shapes, or one be a scalar", big, operand);
  }
  if (!u.unify(result.shape, big.shape)) return conflict("This is used with another shape", big, result);
  if (open.length === 0) return done;
  return alike(
    u,
    open.map(({ shape }) => shape),
    big.shape,
  );
};

/** No operand is known to be more than a scalar. */
const scalarsOnly = (
  u: Unifier,
  operands: ReadonlyArray<Typed>,
  result: Typed,
  open: ReadonlyArray<Typed>,
): Outcome => {
  const whole = u.shape(result.shape);
  if (open.length === 0)
    return u.unify(result.shape, scalar) ? done : conflict("This is a scalar", ...operands.slice(0, 1), result);
  if (whole.tag === "scalar") {
    for (const { shape } of open) u.unify(shape, scalar);
    return done;
  }
  if (open.length === 1) {
    if (!u.unify(open[0]!.shape, whole)) return conflict("This is used with another shape", open[0]!, result);
    // Beside numbers alone, what nothing else determines is a number.
    return whole.tag === "unknown" && operands.length > 1 ? supposing(4, () => void u.unify(whole, scalar)) : done;
  }
  return supposing(whole.tag === "unknown" ? 3 : 1, () => open.forEach(({ shape }) => void u.unify(shape, whole)));
};

const transposed = (shape: Shape): Shape | undefined => {
  switch (shape.tag) {
    case "vector":
      return { tag: "row", size: shape.size };
    case "row":
      return vector(shape.size);
    case "matrix":
      return matrix(shape.columns, shape.rows);
    case "scalar":
    case "unknown":
      return shape;
    case "symbol":
      return undefined;
  }
};

/**
 * A function of one real number or of two, written once for every back end: a term over adds, multiplies, divisions, choices and
 * three operations on exponents, each of which rounds as IEEE 754 says. So all back ends give the same bits. Terms are
 * shared: one that occurs twice is the same object, and is computed once.
 */
export type Term =
  | { readonly tag: "argument"; readonly place: 0 | 1 }
  | { readonly tag: "number"; readonly value: number }
  | { readonly tag: "apply"; readonly primitive: Primitive; readonly operands: ReadonlyArray<Term> };

/** What terms are made of. `less` and `equal` give truths, which only `select` takes. */
export type Primitive =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "neg"
  | "abs"
  | "less"
  | "equal"
  | "select"
  /** The lesser or the greater of a number and a limit, which is not 0; NaN stays NaN. */
  | "atMost"
  | "atLeast"
  /** The size of the first operand, which is not negative, with the sign of the second. */
  | "copySign"
  /**
   * 2^k, a normal number, for a number whose last places count k + bias: their sum with a multiple of 2^significandBits
   * that leaves a last place of 1.
   */
  | "powerCounted"
  /** The integer e with x = 2^e m and m about 1, between the square roots of 1/2 and 2: for a positive normal x. */
  | "exponentOf"
  /** That m. */
  | "significandOf"
  /** The nearest number of single precision: its product with another such number is exact in doubles. */
  | "single";

const apply =
  (primitive: Primitive) =>
  (...operands: ReadonlyArray<Term>): Term => ({ tag: "apply", primitive, operands });

export const argument: Term = { tag: "argument", place: 0 };
export const secondArgument: Term = { tag: "argument", place: 1 };
export const number = (value: number): Term => ({ tag: "number", value });
export const add = apply("add");
export const sub = apply("sub");
export const mul = apply("mul");
export const div = apply("div");
export const neg = apply("neg");
export const abs = apply("abs");
export const less = apply("less");
export const equal = apply("equal");
export const select = apply("select");
export const atMost = apply("atMost");
export const atLeast = apply("atLeast");
export const copySign = apply("copySign");
export const powerCounted = apply("powerCounted");
export const exponentOf = apply("exponentOf");
export const significandOf = apply("significandOf");
export const single = apply("single");

/**
 * c[0] + c[1] x + c[2] x^2 + …, in pairs c[0] + c[1] x and these again as a polynomial in x^2 (Estrin 1960): few operations
 * wait for others. Where x^2 is at hand it may be given.
 */
export const polynomial = (x: Term, coefficients: ReadonlyArray<number>, square?: Term): Term =>
  inPairs(x, coefficients.map(number), square);

const inPairs = (x: Term, coefficients: ReadonlyArray<Term>, square?: Term): Term => {
  if (coefficients.length === 1) return coefficients[0]!;
  const pairs = coefficients.flatMap((even, i) => {
    const odd = coefficients[i + 1];
    return i % 2 === 1 ? [] : [odd === undefined ? even : add(even, mul(x, odd))];
  });
  return pairs.length === 1 ? pairs[0]! : inPairs(square ?? mul(x, x), pairs);
};

/** Whether a term is a truth. */
export const isTruth = (term: Term): boolean =>
  term.tag === "apply" && (term.primitive === "less" || term.primitive === "equal");

/** The terms that occur more than once, innermost first: those that deserve a name. */
export const sharedTerms = (term: Term): ReadonlyArray<Term> => {
  const uses = new Map<Term, number>();
  const order: Term[] = [];
  const visit = (inner: Term): void => {
    if (inner.tag !== "apply") return;
    const before = uses.get(inner) ?? 0;
    uses.set(inner, before + 1);
    if (before > 0) return;
    inner.operands.forEach(visit);
    order.push(inner);
  };
  visit(term);
  return order.filter((inner) => uses.get(inner)! > 1);
};

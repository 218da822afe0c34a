import { type Axis, hasAxis, sameAxis } from "../../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";

/** A number times a product of nodes, which stand in ascending order. */
export interface Monomial {
  readonly coefficient: number;
  readonly factors: ReadonlyArray<NodeId>;
}

/**
 * A value as a sum of products: the same for all ways in which sums and products may be ordered, bracketed and multiplied
 * out. No two monomials have the same factors.
 */
export type Polynomial = ReadonlyArray<Monomial>;

/** Of more terms than this no cell is made. */
const mostTerms = 64;

/**
 * The polynomial of a node. `isAtom` says what is not looked into; what is no sum, difference or product is none either.
 * With `along`, nodes stand renamed to that axis, and the polynomial is of what they are called before; undefined where
 * that cannot be said, or where it is too long.
 */
export const polynomialOf = (
  circuit: Circuit,
  isAtom: (id: NodeId) => boolean,
  id: NodeId,
  along?: Axis,
): Polynomial | undefined => {
  const { op, inputs, axes } = nodeAt(circuit, id);
  const of = (place: number): Polynomial | undefined => polynomialOf(circuit, isAtom, inputs[place]!, along);
  if (op.tag === "constant") return op.value === 0 ? [] : [{ coefficient: op.value, factors: [] }];
  if (op.tag === "map" && !isAtom(id)) {
    if (op.fn === "neg") return scaled(of(0), -1);
    if (op.fn === "add") return sum(of(0), of(1));
    if (op.fn === "sub") return sum(of(0), scaled(of(1), -1));
    if (op.fn === "mul") return product(of(0), of(1));
    if (op.fn === "div") {
      const divisor = nodeAt(circuit, inputs[1]!).op;
      if (divisor.tag === "constant" && divisor.value !== 0) return scaled(of(0), 1 / divisor.value);
    }
  }
  const isRenamed =
    op.tag === "rename" && op.renames.length === 1 && along !== undefined && sameAxis(op.renames[0]![1], along);
  if (isRenamed) return polynomialOf(circuit, isAtom, inputs[0]!);
  return along !== undefined && hasAxis(axes, along) && !isAlready(along)
    ? undefined
    : [{ coefficient: 1, factors: [id] }];
};

/** Components of a vector stand along the first axis, so nothing is renamed there. */
const isAlready = (axis: Axis): boolean => axis.tag === "feature" && axis.slot === 0;

const scaled = (of: Polynomial | undefined, by: number): Polynomial | undefined =>
  of?.map(({ coefficient, factors }) => ({ coefficient: coefficient * by, factors }));

const sum = (a: Polynomial | undefined, b: Polynomial | undefined): Polynomial | undefined =>
  a === undefined || b === undefined ? undefined : collected([...a, ...b]);

export const product = (a: Polynomial | undefined, b: Polynomial | undefined): Polynomial | undefined =>
  a === undefined || b === undefined || a.length * b.length > mostTerms
    ? undefined
    : collected(
        a.flatMap((one) =>
          b.map((other) => ({
            coefficient: one.coefficient * other.coefficient,
            factors: [...one.factors, ...other.factors].sort((x, y) => x - y),
          })),
        ),
      );

/** Equal products are one; too many are none. */
const collected = (terms: Polynomial): Polynomial | undefined => {
  const found = new Map<string, Monomial>();
  for (const { coefficient, factors } of terms) {
    const key = factors.join();
    found.set(key, { coefficient: coefficient + (found.get(key)?.coefficient ?? 0), factors });
  }
  const left = [...found.values()].filter(({ coefficient }) => coefficient !== 0);
  return left.length > mostTerms ? undefined : left;
};

/** The coefficient of a product in a polynomial. */
const coefficientOf = (polynomial: Polynomial, factors: ReadonlyArray<NodeId>): number => {
  const key = [...factors].sort((x, y) => x - y).join();
  return polynomial.find((term) => term.factors.join() === key)?.coefficient ?? 0;
};

/** Whether a polynomial has these products with these coefficients, and no others. */
export const isPolynomial = (
  polynomial: Polynomial,
  terms: ReadonlyArray<readonly [coefficient: number, factors: ReadonlyArray<NodeId>]>,
): boolean =>
  polynomial.length === terms.length &&
  terms.every(([coefficient, factors]) => coefficientOf(polynomial, factors) === coefficient);

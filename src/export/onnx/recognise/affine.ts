import { type Axis, hasAxis, withoutAxes } from "../../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { factorsAmong } from "../../../circuit/factors.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import type { Loop } from "../graph/plan.ts";
import { isPolynomial, type Monomial, type Polynomial, polynomialOf, product } from "./polynomial.ts";

/** A matrix from components along `inner` to those along `outer`, times a number. */
export interface Matrix {
  readonly node: NodeId;
  readonly outer: Axis;
  readonly inner: Axis;
  readonly coefficient: number;
}

/** What a gate or a candidate is before its activation: sums of terms of each kind. */
export interface Affine {
  /** Matrices times the last state. */
  readonly recurrent: ReadonlyArray<Matrix>;
  /** Matrices times vectors from outside. */
  readonly given: ReadonlyArray<{ readonly matrix: Matrix; readonly vector: NodeId }>;
  /** What is the same at every position of every example. */
  readonly biases: Polynomial;
  /** What else comes from outside. */
  readonly varying: Polynomial;
  /** What depends on the recurrence in any other way. */
  readonly others: Polynomial;
}

/** What is asked of one recurrence. */
export interface Recurrence {
  readonly circuit: Circuit;
  readonly loop: Loop;
  /** What is not looked into: the states after a step. */
  readonly states: ReadonlySet<NodeId>;
}

export const expanded = ({ circuit, states }: Recurrence, id: NodeId, along?: Axis): Polynomial | undefined =>
  polynomialOf(circuit, (node) => states.has(node), id, along);

/** Whether a node is made of parameters alone: it has components, and nothing else. */
export const isFixed = (circuit: Circuit, id: NodeId): boolean =>
  nodeAt(circuit, id).axes.every(({ tag }) => tag === "feature");

/** A product of a fixed matrix with a vector. */
export interface MatrixProduct {
  readonly matrix: Matrix;
  /** The vector before its components are renamed to the matrix's columns. */
  readonly vector: Polynomial;
  /** The vector as it stands, along `matrix.inner`, if it is one node. */
  readonly whole: NodeId | undefined;
}

const matrixProductOf = (recurrence: Recurrence, id: NodeId): MatrixProduct | undefined => {
  const { circuit } = recurrence;
  const node = nodeAt(circuit, id);
  const { op } = node;
  const isTransposed = op.tag === "rename" && op.renames.length === 1;
  const sum = isTransposed ? nodeAt(circuit, node.inputs[0]!) : node;
  const [inner] = sum.op.tag === "reduce" && sum.op.fn === "sum" && sum.op.over.length === 1 ? sum.op.over : [];
  const outer = isTransposed ? op.renames[0]![0] : node.axes.find(({ tag }) => tag === "feature");
  if (inner === undefined || outer === undefined || inner.tag !== "feature" || outer.tag !== "feature")
    return undefined;
  const factors = factorsAmong((each) => nodeAt(circuit, each), sum.inputs[0]!);
  const isMatrix = (factor: NodeId): boolean => {
    const { axes } = nodeAt(circuit, factor);
    return axes.length === 2 && hasAxis(axes, outer) && hasAxis(axes, inner);
  };
  const [matrix, ...moreMatrices] = factors.filter(isMatrix);
  const rest = factors.filter((factor) => !isMatrix(factor));
  const isVector = rest.every((factor) => !hasAxis(nodeAt(circuit, factor).axes, outer));
  if (matrix === undefined || moreMatrices.length > 0 || !isVector || rest.length === 0) return undefined;
  const vector = rest
    .map((factor) => expanded(recurrence, factor, inner))
    .reduce<Polynomial | undefined>(product, [{ coefficient: 1, factors: [] }]);
  if (vector === undefined) return undefined;
  return {
    matrix: { node: matrix, outer, inner, coefficient: 1 },
    vector,
    whole: rest.length === 1 ? rest[0] : undefined,
  };
};

/** The matrix of a product with the vector that is this product of nodes alone. */
export const matrixOn = (
  recurrence: Recurrence,
  id: NodeId,
  vector: ReadonlyArray<NodeId>,
  coefficient: number,
): Matrix | undefined => {
  const found = matrixProductOf(recurrence, id);
  if (found === undefined || !isFixed(recurrence.circuit, found.matrix.node)) return undefined;
  const [term] = found.vector;
  return term !== undefined && isPolynomial(found.vector, [[term.coefficient, vector]])
    ? { ...found.matrix, coefficient: coefficient * term.coefficient }
    : undefined;
};

/** The terms of a value by their kinds; `state` is the last one, that matrices are applied to. */
export const affineOf = (recurrence: Recurrence, id: NodeId, state: NodeId): Affine | undefined => {
  const terms = expanded(recurrence, id);
  return terms === undefined ? undefined : affineOfTerms(recurrence, terms, state);
};

export const affineOfTerms = (recurrence: Recurrence, terms: Polynomial, state: NodeId): Affine => {
  const { circuit, loop } = recurrence;
  const recurrent: Matrix[] = [];
  const given: Array<Affine["given"][number]> = [];
  const biases: Monomial[] = [];
  const varying: Monomial[] = [];
  const others: Monomial[] = [];
  for (const term of terms) {
    const { coefficient, factors } = term;
    const [only] = factors.length === 1 ? factors : [];
    if (factors.every((factor) => isFixed(circuit, factor))) biases.push(term);
    else if (factors.some((factor) => loop.members.has(factor))) {
      const matrix = only === undefined ? undefined : matrixOn(recurrence, only, [state], coefficient);
      if (matrix === undefined) others.push(term);
      else recurrent.push(matrix);
    } else {
      const found = only === undefined ? undefined : givenProduct(recurrence, only, coefficient);
      if (found === undefined) varying.push(term);
      else given.push(found);
    }
  }
  return { recurrent, given, biases, varying, others };
};

/** A fixed matrix times a vector that has a value at every position of every example. */
const givenProduct = (recurrence: Recurrence, id: NodeId, coefficient: number): Affine["given"][number] | undefined => {
  const { circuit, loop } = recurrence;
  const found = matrixProductOf(recurrence, id);
  if (found?.whole === undefined || !isFixed(circuit, found.matrix.node)) return undefined;
  const { axes } = nodeAt(circuit, found.whole);
  const isSequence =
    axes.length === 3 && hasAxis(axes, loop.axis) && withoutAxes(axes, [loop.axis])[0]!.tag === "batch";
  return isSequence ? { matrix: { ...found.matrix, coefficient }, vector: found.whole } : undefined;
};

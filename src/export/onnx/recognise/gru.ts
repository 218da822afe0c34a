import type { NodeId } from "../../../circuit/circuit.ts";
import { type Activation, activationOf } from "./activation.ts";
import { type Affine, affineOf, affineOfTerms, expanded, matrixOn, type Recurrence } from "./affine.ts";
import { type Cell, type Gate, plainGate, type State } from "./cell.ts";
import { isPolynomial, type Monomial, type Polynomial } from "./polynomial.ts";

/** h' = (1 - z) g + z h, where the update gate may be 1 - z instead, and the reset gate acts before the matrix or after it. */
export const gruOf = (recurrence: Recurrence, { delay, state }: State): Omit<Cell, "loop" | "size"> | undefined => {
  const { circuit } = recurrence;
  const blend = blendOf(recurrence, state, delay);
  if (blend === undefined) return undefined;
  const z = activationOf(circuit, blend.gate);
  const g = activationOf(circuit, blend.candidate);
  const update = z === undefined ? undefined : affineOf(recurrence, z.of, delay);
  const terms = g === undefined ? undefined : expanded(recurrence, g.of);
  if (z === undefined || g === undefined || update === undefined || terms === undefined) return undefined;
  if (update.others.length > 0 || (blend.sign === -1 && z.name !== "Sigmoid")) return undefined;
  const reset = resetOf(recurrence, terms, delay);
  if (reset === undefined || reset.activation.name !== z.name) return undefined;
  return {
    operation: "GRU",
    delay,
    state,
    gates: [plainGate(update, blend.sign), plainGate(reset.gate), reset.candidate],
    activations: [z.name, g.name],
    resetsAfter: reset.isAfter,
  };
};

interface Blend {
  readonly gate: NodeId;
  readonly candidate: NodeId;
  /** 1 where the gate keeps the last state, -1 where it lets the candidate in. */
  readonly sign: 1 | -1;
}

/** The new state as a mixture of the last one and a candidate. */
const blendOf = (recurrence: Recurrence, state: NodeId, last: NodeId): Blend | undefined => {
  const terms = expanded({ ...recurrence, states: new Set() }, state);
  const nodes = [...new Set((terms ?? []).flatMap(({ factors }) => factors))].filter((node) => node !== last);
  if (terms === undefined || nodes.length !== 2) return undefined;
  const [first, second] = nodes as [NodeId, NodeId];
  for (const [z, g] of [
    [first, second],
    [second, first],
  ] as const) {
    const between = [z, g] as const;
    if (
      isPolynomial(terms, [
        [1, [g]],
        [-1, between],
        [1, [z, last]],
      ])
    )
      return { gate: z, candidate: g, sign: 1 };
    if (
      isPolynomial(terms, [
        [1, [last]],
        [-1, [z, last]],
        [1, between],
      ])
    )
      return { gate: z, candidate: g, sign: -1 };
  }
  return undefined;
};

interface Reset {
  readonly activation: Activation;
  readonly gate: Affine;
  readonly candidate: Gate;
  readonly isAfter: boolean;
}

/** How the candidate sees the last state: through a matrix, and through one gate before that or after it. */
const resetOf = (recurrence: Recurrence, terms: Polynomial, last: NodeId): Reset | undefined => {
  const { circuit, loop } = recurrence;
  const affine = affineOfTerms(recurrence, terms, last);
  const inside = new Set(affine.others.flatMap(({ factors }) => factors).filter((node) => loop.members.has(node)));
  if (affine.recurrent.length > 0 || inside.size === 0) return undefined;
  for (const node of candidatesOf(recurrence)) {
    const activation = activationOf(circuit, node);
    const gate = activation === undefined ? undefined : affineOf(recurrence, activation.of, last);
    if (activation === undefined || gate === undefined || gate.others.length > 0) continue;
    const before = affine.others.map(({ coefficient, factors }) =>
      factors.length === 1 ? matrixOn(recurrence, factors[0]!, inOrder(node, last), coefficient) : undefined,
    );
    if (before.every((matrix) => matrix !== undefined)) {
      const candidate = plainGate({ ...affine, recurrent: before, others: [] });
      return { activation, gate, candidate, isAfter: false };
    }
    const after = quotient(affine.others, node);
    const seen = after === undefined ? undefined : affineOfTerms(recurrence, after, last);
    if (seen === undefined || seen.others.length + seen.varying.length + seen.given.length > 0) continue;
    const candidate: Gate = {
      ...plainGate({ ...affine, recurrent: seen.recurrent, others: [] }),
      recurrentBiases: seen.biases,
    };
    return { activation, gate, candidate, isAfter: true };
  }
  return undefined;
};

const inOrder = (a: NodeId, b: NodeId): ReadonlyArray<NodeId> => [a, b].sort((x, y) => x - y);

/** What might be a reset gate. */
const candidatesOf = ({ circuit, loop }: Recurrence): ReadonlyArray<NodeId> =>
  [...loop.members].filter((id) => activationOf(circuit, id) !== undefined);

/** A polynomial divided by a node that is a factor of each of its terms. */
const quotient = (terms: Polynomial, by: NodeId): Polynomial | undefined =>
  terms.every(({ factors }) => factors.includes(by))
    ? terms.map(({ coefficient, factors }): Monomial => {
        const at = factors.indexOf(by);
        return { coefficient, factors: [...factors.slice(0, at), ...factors.slice(at + 1)] };
      })
    : undefined;

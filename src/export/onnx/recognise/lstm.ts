import type { NodeId } from "../../../circuit/circuit.ts";
import { type Activation, activationOf } from "./activation.ts";
import { affineOf, expanded, isFixed, type Recurrence } from "./affine.ts";
import { type Cell, type Gate, plainGate, type State } from "./cell.ts";
import { isPolynomial, type Polynomial } from "./polynomial.ts";

/**
 * c' = f c + i g, h' = o a(c'), with peepholes or without; of coupled gates one is 1 less the other. `memory` is c, `seen`
 * is h.
 */
export const lstmOf = (recurrence: Recurrence, memory: State, seen: State): Omit<Cell, "loop" | "size"> | undefined => {
  const shown = shownOf(recurrence, memory, seen);
  const kept = keptOf(recurrence, memory);
  for (const { output, squash } of shown)
    for (const { forget, input, candidate } of kept) {
      const gates = [
        gateOf(recurrence, input, memory.delay, seen.delay),
        gateOf(recurrence, output, memory.state, seen.delay),
        gateOf(recurrence, forget, memory.delay, seen.delay),
        gateOf(recurrence, candidate, undefined, seen.delay),
      ];
      const [i, o, f, g] = gates;
      if (i === undefined || o === undefined || f === undefined || g === undefined) continue;
      if (i.activation !== o.activation || i.activation !== f.activation) continue;
      return {
        operation: "LSTM",
        ...seen,
        memory,
        gates: [i.gate, o.gate, f.gate, g.gate],
        activations: [i.activation, g.activation, squash.name],
        resetsAfter: false,
      };
    }
  return undefined;
};

/** A gate by its node; with the sign -1 it is 1 less that. */
interface Signed {
  readonly node: NodeId;
  readonly sign: 1 | -1;
}

const as = (node: NodeId, sign: 1 | -1 = 1): Signed => ({ node, sign });

/** In which ways the state that is seen is an output gate times a squashed cell. */
const shownOf = (
  recurrence: Recurrence,
  memory: State,
  seen: State,
): ReadonlyArray<{ readonly output: Signed; readonly squash: Activation }> => {
  const [term, ...more] = expanded({ ...recurrence, states: new Set([memory.state]) }, seen.state) ?? [];
  if (term === undefined || more.length > 0 || term.coefficient !== 1 || term.factors.length !== 2) return [];
  const [a, b] = term.factors as readonly [NodeId, NodeId];
  return (
    [
      [a, b],
      [b, a],
    ] as const
  ).flatMap(([output, squashed]) => {
    const squash = activationOf(recurrence.circuit, squashed);
    const of = squash === undefined ? undefined : expanded(recurrence, squash.of);
    return squash !== undefined && of !== undefined && isPolynomial(of, [[1, [memory.state]]])
      ? [{ output: as(output), squash }]
      : [];
  });
};

interface Kept {
  readonly forget: Signed;
  readonly input: Signed;
  readonly candidate: Signed;
}

/** In which ways the cell keeps some of itself and takes something in. */
const keptOf = (recurrence: Recurrence, { delay, state }: State): ReadonlyArray<Kept> => {
  const terms = expanded({ ...recurrence, states: new Set() }, state);
  const nodes = [...new Set((terms ?? []).flatMap(({ factors }) => factors))].filter((node) => node !== delay);
  if (terms === undefined || nodes.length < 2 || nodes.length > 3) return [];
  return nodes.flatMap((first) =>
    nodes.flatMap((second): ReadonlyArray<Kept> => {
      if (first === second) return [];
      const [third] = nodes.filter((node) => node !== first && node !== second);
      if (third !== undefined)
        return isPolynomial(terms, [
          [1, [first, delay]],
          [1, [second, third]],
        ])
          ? [{ forget: as(first), input: as(second), candidate: as(third) }]
          : [];
      const between = [first, second] as const;
      if (
        isPolynomial(terms, [
          [1, [first, delay]],
          [1, [second]],
          [-1, between],
        ])
      )
        return [{ forget: as(first), input: as(first, -1), candidate: as(second) }];
      return isPolynomial(terms, [
        [1, [delay]],
        [-1, [first, delay]],
        [1, between],
      ])
        ? [{ forget: as(first, -1), input: as(first), candidate: as(second) }]
        : [];
    }),
  );
};

/** A gate and its activation, which may see the cell (`peeped`) component by component. */
const gateOf = (
  recurrence: Recurrence,
  { node, sign }: Signed,
  peeped: NodeId | undefined,
  last: NodeId,
): { readonly gate: Gate; readonly activation: Activation["name"] } | undefined => {
  const { circuit } = recurrence;
  const activation = activationOf(circuit, node);
  const affine = activation === undefined ? undefined : affineOf(recurrence, activation.of, last);
  if (activation === undefined || affine === undefined) return undefined;
  if (sign === -1 && activation.name !== "Sigmoid") return undefined;
  const peephole = affine.others.flatMap(({ coefficient, factors }): Polynomial => {
    const weights = factors.filter((factor) => factor !== peeped);
    const isPeephole = weights.length === factors.length - 1 && weights.every((each) => isFixed(circuit, each));
    return isPeephole ? [{ coefficient, factors: weights }] : [];
  });
  if (peephole.length < affine.others.length) return undefined;
  return { gate: { ...plainGate({ ...affine, others: [] }, sign), peephole }, activation: activation.name };
};

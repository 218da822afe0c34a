import { hasAxis, type TimeAxis } from "../circuit/axis.ts";
import type { NodeId } from "../circuit/circuit.ts";
import { components } from "../circuit/components.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { reachable } from "../transform/active.ts";

/** How the values at one position of an axis depend on those at others. */
export interface Recurrence {
  readonly axis: TimeAxis;
  /** Through hidden units: one position waits for another even where all outputs are given. */
  readonly isHidden: boolean;
  /** Through a `~`: what is drawn at one position is read at another. Given the outputs, training does not wait for it. */
  readonly isThroughOutputs: boolean;
  /** Whether there is an output or a `~` at each position. */
  readonly isOutputAtEach: boolean;
}

/** Every axis along which a model recurs. */
export const recurrencesOf = (model: Model): ReadonlyArray<Recurrence> => {
  const { circuit, axes, randoms, inputs } = model;
  const { nodes, outputs } = circuit;
  const targetOf = new Map(
    randoms.flatMap(({ target, arguments: given }) => given.map((name) => [name, target] as const)),
  );
  const inputsOf = nodes.map(({ inputs }) => inputs);
  const givers = outputs.filter(({ role }) => role === "distribution");
  const withDraws = nodes.map(
    ({ op, inputs }): ReadonlyArray<NodeId> =>
      op.tag === "input" ? givers.filter(({ name }) => targetOf.get(name) === op.name).map(({ node }) => node) : inputs,
  );
  const roots = outputs.map(({ node }) => node);
  const cyclesWith = (edges: ReadonlyArray<ReadonlyArray<NodeId>>): ReadonlyArray<ReadonlyArray<NodeId>> =>
    components([...reachable(roots, edges)], (id) => edges[id]!).filter(
      (cycle) => cycle.length > 1 || edges[cycle[0]!]!.includes(cycle[0]!),
    );
  const [trained, drawn] = [cyclesWith(inputsOf), cyclesWith(withDraws)];
  const delays = (axis: TimeAxis, cycles: typeof trained): ReadonlyArray<ReadonlyArray<NodeId>> =>
    cycles.filter((cycle) =>
      cycle.some((id) => {
        const { op } = nodeAt({ nodes }, id);
        return op.tag === "delay" && op.axis.key === axis.key;
      }),
    );
  const isDrawn = (id: NodeId): boolean => nodeAt({ nodes }, id).op.tag === "input";
  const results = [
    ...outputs.flatMap(({ role, axes: own }) => (role === "output" ? [own] : [])),
    ...inputs.flatMap(({ role, axes: own }) => (role === "target" ? [own] : [])),
  ];
  return axes
    .map((axis) => ({
      axis,
      isHidden: delays(axis, trained).length > 0,
      isThroughOutputs: delays(axis, drawn).some((cycle) => cycle.some(isDrawn)),
      isOutputAtEach: results.some((own) => hasAxis(own, axis)),
    }))
    .filter(({ isHidden, isThroughOutputs }) => isHidden || isThroughOutputs);
};

/** As lectures number them: I and III recur through hidden units, with outputs at each position or one; II through outputs. */
export const recurrenceText = ({ axis, isHidden, isThroughOutputs, isOutputAtEach }: Recurrence): string => {
  const over = `over ${axis.key}`;
  if (!isHidden)
    return `${over} through its outputs alone (type II): given these, training needs no loop over ${axis.key}`;
  const type = isOutputAtEach ? "an output at each position (type I)" : "one output (type III)";
  return `${over} through hidden units, with ${type}${isThroughOutputs ? ", and its outputs are fed back" : ""}`;
};

import { type FeatureAxis, hasAxis, sameAxis } from "../../../circuit/axis.ts";
import type { Circuit } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import type { Loop } from "../graph/plan.ts";
import { activationOf } from "./activation.ts";
import { affineOf, type Recurrence } from "./affine.ts";
import { type Cell, plainGate, type State } from "./cell.ts";
import { gruOf } from "./gru.ts";
import { lstmOf } from "./lstm.ts";

/**
 * The operation of ONNX that a recurrence is, by its equations: whatever its variables are called, and in whatever order
 * its sums and products are written.
 */
export const recognised = (circuit: Circuit, loop: Loop): Cell | undefined => {
  const states = loop.delays.map((delay) => ({ delay, state: nodeAt(circuit, delay).inputs[1]! }));
  const size = sizeOf(circuit, loop);
  if (size === undefined || loop.items.some(({ tag }) => tag === "loop")) return undefined;
  const recurrence: Recurrence = { circuit, loop, states: new Set(states.map(({ state }) => state)) };
  const [first, second, ...more] = states;
  if (first === undefined || more.length > 0) return undefined;
  const cell =
    second === undefined
      ? (rnnOf(recurrence, first) ?? gruOf(recurrence, first))
      : (lstmOf(recurrence, first, second) ?? lstmOf(recurrence, second, first));
  return cell === undefined ? undefined : { loop, size, ...cell };
};

/** How many components all states have: each of them is a vector at every position of every example, one position back. */
const sizeOf = (circuit: Circuit, { axis, delays }: Loop): number | undefined => {
  const sizes = delays.map((delay) => {
    const { op, axes } = nodeAt(circuit, delay);
    const vector = axes.find((each): each is FeatureAxis => each.tag === "feature");
    const isStep = op.tag === "delay" && Math.abs(op.by) === 1 && sameAxis(op.axis, axis);
    const isSequence = axes.length === 3 && hasAxis(axes, axis) && axes.some(({ tag }) => tag === "batch");
    return isStep && isSequence && vector?.slot === 0 ? vector.size : undefined;
  });
  const [size] = sizes;
  return sizes.every((each) => each === size) ? size : undefined;
};

/** h = f(W x + R h + b). */
const rnnOf = (recurrence: Recurrence, { delay, state }: State): Omit<Cell, "loop" | "size"> | undefined => {
  const activation = activationOf(recurrence.circuit, state);
  const affine = activation === undefined ? undefined : affineOf(recurrence, activation.of, delay);
  if (activation === undefined || affine === undefined || affine.others.length > 0) return undefined;
  return {
    operation: "RNN",
    delay,
    state,
    gates: [plainGate(affine)],
    activations: [activation.name],
    resetsAfter: false,
  };
};

import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Environment, Index } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { unfoldedGradient } from "../../src/circuit/unfold-gradient.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";
import { close, componentAt } from "../circuit/compare.ts";

export const byEverything = (circuit: Circuit): Circuit => differentiate({ wrt: leavesOf(circuit) })(circuit);

/** The gradient outputs of a circuit, by leaf name and index. */
export const gradientsOf = (circuit: Circuit, environment: Environment) => {
  const tensors = evaluate(circuit, environment);
  return (leaf: string, index: Index): number => {
    const place = circuit.outputs.findLastIndex(({ role, name }) => role === "gradient" && name === leaf);
    return componentAt(environment, circuit.outputs[place]!.axes, tensors[place]!, index);
  };
};

/** The symbolic derivative is back-propagation through the unfolded graph. */
export const agreesWithUnfolded = (circuit: Circuit, environment: Environment): void => {
  const found = gradientsOf(byEverything(circuit), environment);
  const unfolded = unfold(circuit, environment);
  const loss = unfolded.outputs.find(({ role }) => role === "loss")!.cells[0]!.cell;
  for (const { leaf, index, gradient } of unfoldedGradient(unfolded, environment, loss))
    close([found(leaf, index)], [gradient], 1e-10);
};

export const lossOf = (circuit: Circuit, environment: Environment): number => {
  const place = circuit.outputs.findIndex(({ role }) => role === "loss");
  return evaluate({ ...circuit, outputs: [circuit.outputs[place]!] }, environment)[0]!.data[0]!;
};

/** The central difference of a function of an environment along one component of a parameter. */
export const difference = (
  value: (environment: Environment) => number,
  environment: Environment,
  path: string,
  place: number,
  step = 1e-5,
): number => {
  const moved = (by: number): Environment => ({
    ...environment,
    parameters: {
      ...environment.parameters,
      [path]: Array.from(environment.parameters[path]!, (each, i) => (i === place ? each + by : each)),
    },
  });
  return (value(moved(step)) - value(moved(-step))) / (2 * step);
};

/** The index of a component of a parameter. */
export const componentIndex = (shape: ReadonlyArray<number>, place: number): Index =>
  Object.fromEntries(
    shape.map((size, slot) => {
      const inner = shape.slice(slot + 1).reduce((product, each) => product * each, 1);
      return [`#${slot}:${size}`, Math.floor(place / inner) % size];
    }),
  );

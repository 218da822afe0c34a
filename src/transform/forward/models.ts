import type { TimeAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Circuit } from "../../circuit/circuit.ts";
import type { InputSpec, Model } from "../../circuit/model.ts";
import { directionName, gainName, movementName, slopeName } from "../../circuit/own-names.ts";
import { copyNode, rewrite } from "../../circuit/rewrite.ts";
import { type Leaf, leavesOf } from "../differentiate.ts";
import { gainAt } from "./gains.ts";
import { leafAxes, type Moving, tangents } from "./tangents.ts";

/** By what a model's results are differentiated: parameters by path, inputs by name. */
export interface Moved {
  readonly parameters: ReadonlyArray<string>;
  readonly inputs: ReadonlyArray<string>;
}

/** The model whose outputs and loss are the slopes of another's, along directions that are among its parameters and inputs. */
export const tangentModel = (model: Model, moved: Moved): Model => ({
  ...model,
  parameters: [
    ...model.parameters,
    ...model.parameters
      .filter(({ path }) => moved.parameters.includes(path))
      .map((parameter) => ({ ...parameter, path: directionName(parameter.path) })),
  ],
  inputs: [...model.inputs, ...inputDirections(model, moved)],
  randoms: [],
  circuit: tangents(movingAmong(model, moved, "parameter"))(results(model)),
});

/** The same with a direction for each example: parameters move along inputs. */
export const columnsModel = (model: Model, moved: Moved): Model => ({
  ...model,
  inputs: [...model.inputs.map(asInput), ...parameterDirections(model, moved), ...inputDirections(model, moved)],
  randoms: [],
  circuit: tangents(movingAmong(model, moved, "input"))(onlyOutputs(results(model))),
});

/**
 * The model that gives at each position along an axis what the loss gains there, and the slope of that along a direction of
 * its parameters: influences of parameters on states are carried forward with the states (Williams and Zipser 1989).
 * Undefined if the loss is no sum over the axis.
 */
export const onlineModel = (model: Model, axis: TimeAxis): Model | undefined => {
  const moved: Moved = { parameters: model.parameters.map(({ path }) => path), inputs: [] };
  const loss = model.circuit.outputs.find(({ role }) => role === "loss");
  if (loss === undefined) return undefined;
  const { b, renamed } = rewrite(model.circuit, copyNode);
  const gain = gainAt(b, axis, renamed[loss.node]!);
  if (gain === undefined) return undefined;
  const gains = b.finish([{ role: "output", name: gainName, node: gain, axes: [axis] }]);
  const slopes = tangents(movingAmong(model, moved, "input"))(gains);
  return {
    ...model,
    inputs: [...model.inputs.map(asInput), ...parameterDirections(model, moved)],
    randoms: [],
    minimized: 0,
    circuit: together(gains, {
      ...slopes,
      outputs: slopes.outputs.map((output) => ({ ...output, name: slopeName })),
    }),
  };
};

const results = ({ circuit }: Model): Circuit => ({
  ...circuit,
  outputs: circuit.outputs.filter(({ role }) => role === "output" || role === "loss"),
});

const onlyOutputs = (circuit: Circuit): Circuit => ({
  ...circuit,
  outputs: circuit.outputs.filter(({ role }) => role === "output"),
});

/** What is drawn when generating is given here. */
const asInput = (input: InputSpec): InputSpec => (input.role === "target" ? { ...input, role: "input" } : input);

const movingAmong = (model: Model, moved: Moved, kind: "parameter" | "input"): ReadonlyArray<Moving> =>
  distinct(leavesOf(model.circuit)).flatMap((leaf): ReadonlyArray<Moving> => {
    if (leaf.tag === "input") {
      if (!moved.inputs.includes(leaf.name)) return [];
      return [{ leaf, direction: (b) => b.input(movementName(leaf.name), leaf.axes) }];
    }
    if (!moved.parameters.includes(leaf.path)) return [];
    const { path, shape } = leaf;
    const direction = {
      parameter: (b: Builder) => b.parameter(directionName(path), shape),
      input: (b: Builder) => b.input(movementName(path), leafAxes(leaf)),
    };
    return [{ leaf, direction: direction[kind] }];
  });

const distinct = (leaves: ReadonlyArray<Leaf>): ReadonlyArray<Leaf> => [
  ...new Map(leaves.map((leaf) => [leaf.tag === "parameter" ? `p ${leaf.path}` : `i ${leaf.name}`, leaf])).values(),
];

const inputDirections = ({ inputs }: Model, moved: Moved): ReadonlyArray<InputSpec> =>
  inputs.flatMap(({ name, axes, shape }) =>
    moved.inputs.includes(name) ? [{ name: movementName(name), role: "input" as const, axes, shape }] : [],
  );

const parameterDirections = ({ parameters }: Model, moved: Moved): ReadonlyArray<InputSpec> =>
  parameters.flatMap(({ path, shape }) =>
    moved.parameters.includes(path) ? [{ name: movementName(path), role: "input" as const, axes: [], shape }] : [],
  );

/** Two circuits as one: what is equal in both is there once. */
const together = (one: Circuit, other: Circuit): Circuit => {
  const first = rewrite(one, copyNode);
  const second = rewrite(other, copyNode, { builder: first.b });
  return first.b.finish([
    ...one.outputs.map((output) => ({ ...output, node: first.renamed[output.node]! })),
    ...other.outputs.map((output) => ({ ...output, node: second.renamed[output.node]! })),
  ]);
};

import type { Environment, Index } from "../../src/circuit/environment.ts";
import { givenName } from "../../src/circuit/own-names.ts";
import { axesOf } from "../../src/circuit/shape.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { evaluateUnfolded, unfoldedGradient } from "../../src/circuit/unfold-gradient.ts";
import type { Compiled } from "../../src/compile.ts";
import type { Batch, Params } from "../../src/runtime/interface.ts";
import { observed } from "../../src/transform/observed.ts";

/** What a model gives for one example. */
export interface Expected {
  readonly outputs: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly loss: number;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
}

/** By definition: the unfolded graph of what was elaborated, and plain back-propagation through it. */
export const expectedOf = ({ elaborated, model }: Compiled, environment: Environment): Expected => {
  const unfolded = unfold(observed(elaborated).run(elaborated.circuit), environment);
  const values = evaluateUnfolded(unfolded, environment);
  const place = unfolded.outputs.findIndex(({ role }) => role === "loss");
  const root = unfolded.outputs[place]!.cells[0]!.cell;
  const gradient = Object.fromEntries(model.params.map(({ path, shape }) => [path, zeros(shape)]));
  for (const { leaf, index, gradient: slope } of unfoldedGradient(unfolded, environment, root)) {
    const { shape } = model.params.find(({ path }) => path === leaf) ?? {};
    if (shape !== undefined) gradient[leaf]![flat(shape, index)]! += slope;
  }
  const outputs = unfolded.outputs.flatMap(({ role, name }, i) => (role === "output" ? [[name, values[i]!]] : []));
  return { outputs: Object.fromEntries(outputs), loss: values[place]![0]!, gradient };
};

/** The environment of one example, from the batch that holds it alone. */
export const environmentOf = ({ elaborated }: Compiled, params: Params, alone: Batch): Environment => ({
  parameters: params,
  inputs: Object.fromEntries(
    (elaborated.written ?? elaborated).circuit.nodes.flatMap(({ op }) => {
      if (op.tag !== "input") return [];
      const values = alone.values[op.name]!;
      const axes = axesOf(op, []);
      const extents = axes.map((axis) =>
        axis.tag === "feature"
          ? axis.size
          : axis.tag === "batch"
            ? 1
            : axis.extent.tag === "fixed"
              ? axis.extent.size
              : alone.longest[axis.extent.name]!,
      );
      const place = (index: Index): number =>
        axes.reduce((sum, { key, tag }, i) => sum * extents[i]! + index[key]! - (tag === "time" ? 1 : 0), 0);
      return [
        [op.name, (index: Index) => values[place(index)]!],
        // Where nothing of a target is missing, a batch has no flags.
        [givenName(op.name), (index: Index) => alone.values[givenName(op.name)]?.[place(index)] ?? 1],
      ];
    }),
  ),
  lengths: Object.fromEntries(
    elaborated.axes.flatMap(({ extent }) => {
      if (extent.tag === "fixed") return [];
      const { name, over } = extent;
      const sizes = over.map((axis) =>
        axis.tag === "time" && axis.extent.tag === "length" ? alone.longest[axis.extent.name]! : 1,
      );
      const at = (outer: Index): number =>
        alone.lengths[name]![over.reduce((sum, { key }, i) => sum * sizes[i]! + outer[key]! - 1, 0)]!;
      return [[name, over.length === 0 ? alone.lengths[name]![0]! : at]];
    }),
  ),
});

const zeros = (shape: ReadonlyArray<number>): number[] => new Array(shape.reduce((a, b) => a * b, 1)).fill(0);

const flat = (shape: ReadonlyArray<number>, index: Index): number =>
  shape.reduce((place, size, slot) => place * size + index[`#${slot}:${size}`]!, 0);

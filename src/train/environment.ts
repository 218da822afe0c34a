import { type Axis, firstOf, unionAxes } from "../circuit/axis.ts";
import type { Circuit } from "../circuit/circuit.ts";
import type { Environment, Index } from "../circuit/environment.ts";
import { positionName, resumeName } from "../circuit/own-names.ts";
import type { Batch, Params, State, Values } from "../runtime/interface.ts";

/** What a circuit with a batch is evaluated with for one example of a packed batch, as the only one. */
export const environmentOf = (
  circuit: Circuit,
  parameters: Params,
  { batch, state }: { readonly batch: Batch; readonly state: State | undefined },
  example: number,
): Environment => {
  const extentOf = (axis: Axis): number => {
    if (axis.tag === "feature") return axis.size;
    if (axis.tag === "batch") return batch.size;
    return axis.extent.tag === "fixed" ? axis.extent.size : (batch.longest[axis.extent.name] ?? 0);
  };
  /** Row-major, the example at its own place along the batch. */
  const placeOf = (axes: ReadonlyArray<Axis>, index: Index, start = 0): number =>
    axes.reduce(
      (place, axis) => place * extentOf(axis) + (axis.tag === "batch" ? example : index[axis.key]! - firstOf(axis)),
      start,
    );
  const own: Readonly<Record<string, number>> = {
    [resumeName]: state === undefined ? 0 : 1,
    [positionName]: state?.position ?? 0,
  };
  const inputs = circuit.nodes.flatMap(({ op }): ReadonlyArray<readonly [string, Environment["inputs"][string]]> => {
    if (op.tag !== "input") return [];
    const given = own[op.name];
    if (given !== undefined) return [[op.name, () => given]];
    const values: Values | undefined = batch.values[op.name] ?? state?.values[op.name];
    // What is taken over from nowhere is 0, and what a batch does not say to be missing is there.
    const usual = op.name.startsWith("@given.") ? 1 : 0;
    return [[op.name, (index) => values?.[placeOf(op.axes, index)] ?? usual]];
  });
  const axes = unionAxes(...circuit.nodes.map((node) => node.axes));
  const lengths = axes.flatMap((axis): ReadonlyArray<readonly [string, Environment["lengths"][string]]> => {
    if (axis.tag !== "time" || axis.extent.tag === "fixed") return [];
    const { name, over } = axis.extent;
    const table = batch.lengths[name];
    if (table === undefined) return [];
    // One for each example, and for each position of the axes that it stands over.
    const outer = over.filter(({ tag }) => tag === "time");
    return [[name, (index) => table[placeOf(outer, index, example)] ?? 0]];
  });
  return { parameters, inputs: Object.fromEntries(inputs), lengths: Object.fromEntries(lengths), batch: 1 };
};

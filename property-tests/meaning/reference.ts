import type { Environment, Index, Tensor } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import type { Model } from "../../src/circuit/model.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { evaluateUnfolded, unfoldedGradient } from "../../src/circuit/unfold-gradient.ts";
import type { Example, Nested, Params } from "../../src/runtime/interface.ts";

/** What an example means: its outputs, its loss, and the gradient of its loss, by two oracles with rules of their own. */
export interface Meaning {
  readonly outputs: ReadonlyArray<Values>;
  readonly unfolded: ReadonlyArray<Values>;
  readonly loss: number;
  /** By parameter, in row-major order. */
  readonly gradient: Readonly<Record<string, Float64Array>>;
}

/** The values of an output at each of its positions, by the position along each axis (from 0). */
export interface Values {
  readonly role: string;
  readonly name: string;
  readonly at: ReadonlyArray<{ readonly place: Readonly<Record<string, number>>; readonly value: number }>;
}

export const meaningOf = (model: Model, params: Params, example: Example): Meaning => {
  const environment = environmentOf(model, params, example);
  const { outputs } = model.circuit;
  const evaluated = evaluate(model.circuit, environment);
  const graph = unfold(model.circuit, environment);
  const values = evaluateUnfolded(graph, environment);
  const lossAt = outputs.findIndex(({ role }) => role === "loss");
  const from0 = (index: Index) =>
    Object.fromEntries(Object.entries(index).map(([key, place]) => [key, place - (key.startsWith("#") ? 0 : 1)]));
  return {
    outputs: outputs.map(({ role, name }, i) => ({ role, name, at: placed(evaluated[i]!) })),
    unfolded: graph.outputs.map(({ role, name, cells }, i) => ({
      role,
      name,
      at: cells.map(({ index }, cell) => ({ place: from0(index), value: values[i]![cell]! })),
    })),
    loss: evaluated[lossAt]?.data[0] ?? 0,
    gradient:
      lossAt === -1
        ? {}
        : gradientOf(model, unfoldedGradient(graph, environment, graph.outputs[lossAt]!.cells[0]!.cell)),
  };
};

const placed = ({ axes, extents, data }: Tensor): Values["at"] =>
  Array.from(data, (value, flat) => {
    const place: Record<string, number> = {};
    axes.reduceRight((rest, key, i) => {
      place[key] = rest % extents[i]!;
      return Math.floor(rest / extents[i]!);
    }, flat);
    return { place, value };
  });

const gradientOf = (model: Model, found: ReturnType<typeof unfoldedGradient>): Meaning["gradient"] => {
  const gradient = Object.fromEntries(
    model.parameters.map(({ path, shape }) => [path, new Float64Array(shape.reduce((a, b) => a * b, 1))]),
  );
  for (const { leaf, index, gradient: value } of found) {
    const shape = model.parameters.find(({ path }) => path === leaf)?.shape;
    if (shape === undefined) continue;
    const flat = shape.reduce((offset, size, slot) => offset * size + index[`#${slot}:${size}`]!, 0);
    gradient[leaf]![flat]! += value;
  }
  return gradient;
};

/** The data of one example as functions of the index, and its lengths. */
const environmentOf = (model: Model, params: Params, example: Example): Environment => ({
  parameters: params,
  inputs: Object.fromEntries(
    model.inputs.map((input) => {
      const components = input.shape.map((size, slot) => `#${slot}:${size}`);
      return [
        input.name,
        (index: Index): number => {
          const places = [...input.axes.map(({ key }) => index[key]! - 1), ...components.map((key) => index[key]!)];
          return places.reduce<Nested>(
            (nested, place) => (nested as ReadonlyArray<Nested>)[place]!,
            example[input.name]!,
          ) as number;
        },
      ];
    }),
  ),
  lengths: Object.fromEntries(
    model.axes.flatMap((axis): ReadonlyArray<readonly [string, Environment["lengths"][string]]> => {
      if (axis.extent.tag === "fixed") return [];
      const { name, over } = axis.extent;
      const given = example[name];
      if (given !== undefined) return [[name, given as number]];
      const input = model.inputs.find(
        (one) => one.axes.some(({ key }) => key === axis.key) && example[one.name] !== undefined,
      );
      if (input === undefined) return [];
      const depth = input.axes.findIndex(({ key }) => key === axis.key);
      return [
        [
          name,
          (outer: Index): number =>
            (
              input.axes
                .slice(0, depth)
                .reduce<Nested>(
                  (nested, { key }) =>
                    (nested as ReadonlyArray<Nested>)[over.some((o) => o.key === key) ? outer[key]! - 1 : 0] ?? [],
                  example[input.name]!,
                ) as ReadonlyArray<Nested>
            ).length,
        ],
      ];
    }),
  ),
});

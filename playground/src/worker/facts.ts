import type { Axis } from "../../../src/circuit/axis.ts";
import type { Model } from "../../../src/circuit/model.ts";
import { isOwnName } from "../../../src/circuit/own-names.ts";
import type { Compiled } from "../../../src/compile.ts";
import { carriedOf } from "../../../src/flow/carried.ts";
import type { VariableInfo } from "../../../src/runtime/interface.ts";
import type { Orders } from "../../../src/views/model-equations.ts";
import type { Facts, NameFact } from "../protocol.ts";

/** What each name of a program is, for who points at it. Later entries are more exact. */
export const factsOf = ({ model, elaborated }: Compiled, orders: Orders): Facts => ({
  model: model.name,
  names: Object.fromEntries([
    ...computed(elaborated, orders),
    ...model.axes.map(({ name, length }) => entry(name, `${name} in 1..${length}`, "an axis")),
    ...model.params.map(({ path, shape, fixed }) =>
      entry(
        path,
        `${path} : ${real(shape)}`,
        fixed === true ? "fixed, never trained" : "a parameter, which is learned",
      ),
    ),
    ...model.outputs.map((output) => entry(output.name, typed(output), "an output")),
    ...model.noises.map((noise) => entry(noise.name, typed(noise), "noise")),
    ...model.inputs.map((input) => entry(input.name, typed(input), "an input")),
    ...model.targets.map((target) =>
      entry(target.name, typed(target), "random: given in training, drawn when generating"),
    ),
  ]),
  lengths: [...new Set(model.axes.flatMap(({ length }) => (typeof length === "string" ? [length] : [])))],
  numbers: model.params.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
  hasLoss: model.hasLoss,
  hasRandoms: model.randoms.length > 0,
  hasStates: carriedOf(elaborated).length > 0,
});

const entry = (name: string, written: string, role: string): readonly [string, NameFact] => [name, { written, role }];

/** What the equations compute: its indices as they are written, and the shape of its components. */
const computed = (elaborated: Model, orders: Orders): ReadonlyArray<readonly [string, NameFact]> => {
  const states = new Set(carriedOf(elaborated).map(({ name }) => name));
  return elaborated.circuit.nodes.flatMap(({ name, axes, op }) => {
    if (name === undefined || isOwnName(name) || op.tag === "parameter" || op.tag === "input") return [];
    const indices = orders.get(name) ?? axes.filter(({ tag }) => tag === "time").map(({ key }) => key);
    return [entry(name, `${named(name, indices)} : ${real(sizes(axes))}`, states.has(name) ? "a state" : "computed")];
  });
};

const sizes = (axes: ReadonlyArray<Axis>): ReadonlyArray<number> =>
  axes.flatMap((axis) => (axis.tag === "feature" ? [axis.size] : []));

const named = (name: string, indices: ReadonlyArray<string>): string =>
  indices.length === 0 ? name : `${name}[${indices.join(",")}]`;

const real = (shape: ReadonlyArray<number>): string => (shape.length === 0 ? "R" : `R[${shape.join(",")}]`);

const typed = ({ name, indices, shape, symbols, positions }: VariableInfo): string => {
  const type =
    positions !== undefined ? `position[${positions}]` : symbols === undefined ? real(shape) : `symbol[${symbols}]`;
  return `${named(name, indices)} : ${type}`;
};

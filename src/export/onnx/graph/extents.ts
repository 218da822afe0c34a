import {
  type Axis,
  batchAxis,
  type Extent,
  featureAxis,
  lengthAxes,
  sortAxes,
  type TimeAxis,
} from "../../../circuit/axis.ts";
import type { InputSpec } from "../../../circuit/model.ts";
import { batchedAxis } from "../../../transform/batch.ts";
import { int, ints } from "./attributes.ts";
import { operation, rootOf, type Scope, wholes } from "./scope.ts";

type Length = Extract<Extent, { readonly tag: "length" }>;

/** The name of the whole numbers [n], how far an axis reaches in memory. What is known at run time alone is at least 1. */
export const extentOf = (scope: Scope, axis: Axis): string => {
  const root = rootOf(scope);
  if (axis.tag === "feature") return wholes(root, [axis.size]);
  if (axis.tag === "batch") return batchExtent(root);
  if (axis.extent.tag === "fixed") return wholes(root, [axis.extent.size]);
  return operation(root, "Max", [givenExtent(root, axis.extent), wholes(root, [1])], {}, `${axis.extent.name}_extent`);
};

/** The extent of an axis as a reader of the graph knows it: a number, or a name. */
export const shownExtent = ({ whole }: Scope, axis: Axis): number | string => {
  if (axis.tag === "feature") return axis.size;
  if (axis.tag === "batch") return "batch";
  return axis.extent.tag === "fixed" ? axis.extent.size : whole.nameOf(`longest ${axis.extent.name}`);
};

/** How far an axis reaches in what the caller gives: in an input, or by the lengths where none has it. */
export const givenExtent = (root: Scope, extent: Length): string => {
  const { model } = root.whole;
  const read = inputsRead(root);
  for (const spec of model.inputs.filter(({ name }) => read.has(name))) {
    const place = spec.axes.findIndex((each) => each.extent.tag === "length" && each.extent.name === extent.name);
    if (place >= 0) return shapeAt(root, inputNamed(root, spec), place);
  }
  const lengths = lengthsNamed(root, extent);
  const all = extent.over.map((_, place) => place);
  return operation(
    root,
    "Reshape",
    [
      operation(root, "ReduceMax", [lengths], { axes: ints(all), keepdims: int(0) }, `${extent.name}_longest`),
      wholes(root, [1]),
    ],
    {},
    `${extent.name}_longest`,
  );
};

const shapeAt = (root: Scope, name: string, place: number): string =>
  operation(root, "Shape", [name], { start: int(place), end: int(place + 1) }, `${name}_extent`);

/** How many examples there are: as many as the first thing that is given for each has. */
const batchExtent = (root: Scope): string => {
  const read = inputsRead(root);
  const [spec] = root.whole.model.inputs.filter(({ name }) => read.has(name));
  if (spec !== undefined) return shapeAt(root, inputNamed(root, spec), spec.axes.length);
  const { nodes, outputs } = root.whole.circuit;
  const length = [...nodes, ...outputs]
    .flatMap(({ axes }) => axes)
    .find((axis): axis is TimeAxis => axis.tag === "time" && axis.extent.tag === "length");
  if (length === undefined || length.extent.tag !== "length") return wholes(root, [1]);
  const over = sortAxes(lengthAxes(length));
  return shapeAt(root, lengthsNamed(root, length.extent), over.length - 1);
};

/** The inputs that what is exported reads. */
const inputsRead = ({ whole }: Scope): ReadonlySet<string> =>
  new Set(
    whole.circuit.nodes.flatMap(({ op }) =>
      op.tag === "input" && whole.model.inputs.some(({ name, role }) => name === op.name && role !== "noise")
        ? [op.name]
        : [],
    ),
  );

/** The axes of an input as they are given: positions as they are written, then the batch, then components. */
export const givenAxes = ({ axes, shape }: InputSpec): ReadonlyArray<Axis> => [
  ...axes.map(batchedAxis),
  batchAxis,
  ...shape.map((size, slot) => featureAxis(slot, size)),
];

/** Whether what is given are whole numbers. */
export const isCounted = ({ symbols, positions }: InputSpec): boolean =>
  symbols !== undefined || positions !== undefined;

/** The graph's input for one of the program. */
export const inputNamed = (root: Scope, spec: InputSpec): string => {
  const { whole } = root;
  const name = whole.nameOf(spec.name);
  if (whole.inputs.some((each) => each.name === name)) return name;
  whole.inputs.push({
    name,
    type: isCounted(spec) ? "int64" : whole.element,
    shape: givenAxes(spec).map((axis) => shownExtent(root, axis)),
    documentation: `${spec.role} ${spec.name}`,
  });
  return name;
};

/** The graph's input for the lengths of an axis, over all that they depend on. */
export const lengthsNamed = (root: Scope, { name: length, over }: Length): string => {
  const { whole } = root;
  const name = whole.nameOf(`length ${length}`);
  if (whole.inputs.some((each) => each.name === name)) return name;
  whole.inputs.push({
    name,
    type: "int64",
    shape: sortAxes(over).map((axis) => shownExtent(root, axis)),
    documentation: `how many positions there are up to ${length}`,
  });
  return name;
};

export const isRunTime = (axis: Axis): axis is TimeAxis => axis.tag === "time" && axis.extent.tag === "length";

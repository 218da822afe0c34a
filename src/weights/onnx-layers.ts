import * as E from "fp-ts/lib/Either.js";
import { graphOfBytes, type ReadGraph } from "../onnx/decode.ts";
import type { OnnxNode, OnnxTensor } from "../onnx/messages.ts";
import { onnx, resetAfterTensor } from "./dialects/onnx.ts";
import { lengthOf, type Safetensors, type Tensor, tensorOf } from "./safetensors.ts";

/**
 * The weights in a file of ONNX: of each recurrent operation its tensors, one direction at a time, under the operation's name, and all
 * others under their own. On the left, why there are none.
 */
export const weightsOfOnnx = (data: Uint8Array): E.Either<ReadonlyArray<string>, Safetensors> => {
  const graph = graphOfBytes(data);
  if (graph === undefined) return E.left(["it is no file of ONNX"]);
  const twice = repeated([...graph.initializers, ...graph.unread.map(([name]) => ({ name }))]);
  if (twice.length > 0) return E.left(twice.map((name) => `it has two tensors ${name}`));
  const layers = graph.nodes
    .filter(({ type }) => gatesOf[type] !== undefined)
    .map((node, at) => layerOf(graph, node, node.name === "" ? `${node.type}_${at}` : node.name));
  const problems = layers.flatMap((layer) => (E.isLeft(layer) ? layer.left : []));
  if (problems.length > 0) return E.left(problems);
  const found = layers.flatMap((layer) => (E.isRight(layer) ? [layer.right] : []));
  const taken = new Set(found.flatMap(({ taken }) => taken));
  const others = graph.initializers.filter(({ name, type }) => !taken.has(name) && isReal(type));
  const paths = new Map(graph.metadata);
  const pathOf = (name: string): string => paths.get(parameterKey(name)) ?? name;
  return E.right({
    metadata: {},
    unread: Object.fromEntries(graph.unread.map(([name, reason]) => [pathOf(name), reason])),
    tensors: {
      ...Object.fromEntries(others.map((tensor) => [pathOf(tensor.name), tensorOf(shaped(tensor))])),
      ...Object.fromEntries(found.flatMap(({ tensors }) => tensors)),
    },
  });
};

const repeated = (tensors: ReadonlyArray<Pick<OnnxTensor, "name">>): ReadonlyArray<string> => {
  const names = tensors.map(({ name }) => name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
};

/** Under what a model says which parameter a tensor is, whose name in ONNX is another. */
export const parameterKey = (name: string): string => `parameter ${name}`;

/** How many gates each operation has. */
const gatesOf: Readonly<Record<string, number>> = { RNN: 1, GRU: 3, LSTM: 4 };

const usualActivations: Readonly<Record<string, ReadonlyArray<ReadonlyArray<string>>>> = {
  RNN: [["Tanh"], ["Relu"]],
  GRU: [["Sigmoid", "Tanh"]],
  LSTM: [["Sigmoid", "Tanh", "Tanh"]],
};

interface Found {
  readonly tensors: ReadonlyArray<readonly [string, Tensor]>;
  /** The names of the tensors in the file. */
  readonly taken: ReadonlyArray<string>;
}

const layerOf = (graph: ReadGraph, node: OnnxNode, layer: string): E.Either<ReadonlyArray<string>, Found> => {
  const { type, inputs } = node;
  const directions = waysOf(node);
  const places = [["W", 1], ["R", 2], ["B", 3], ...(type === "LSTM" ? [["P", 7] as const] : [])] as const;
  const given = places.flatMap(([letter, place]) => {
    const name = inputs[place] ?? "";
    return name === "" ? [] : [{ letter, name, tensor: tensorNamed(graph, name) }];
  });
  const problems = [
    ...[...unusual(node), ...startsOf(graph, node)].map(
      (what) => `${layer} (${type}) has ${what}, which no standard cell has`,
    ),
    ...given.flatMap(({ letter, name, tensor }) => {
      if (tensor === undefined) return [`${letter} of ${layer} (${type}), ${name}, ${unreadReason(graph, name)}`];
      return isReal(tensor.type) && hasForm(letter, tensor.shape, directions.length)
        ? []
        : [
            `${letter} of ${layer} (${type}) has the shape [${tensor.shape.join(", ")}] of ${tensor.type}, and ${directions.length === 1 ? "one direction" : "two directions"}`,
          ];
    }),
  ];
  if (problems.length > 0) return E.left(problems);
  const tensors = given.flatMap(({ letter, tensor }) =>
    directions.map((isBackward, at) => {
      const own = letter === "W" && isResetAfter(node) ? resetAfterTensor : letter;
      const { shape, values } = shaped(tensor!);
      const rest = letter === "B" ? [2, shape[1]! / 2] : shape.slice(1);
      const size = lengthOf(rest);
      const part = { shape: rest, values: values.slice(at * size, (at + 1) * size) };
      return [onnx.tensorName({ layer, level: 0, isBackward }, own), tensorOf(part)] as const;
    }),
  );
  return E.right({ tensors, taken: given.map(({ name }) => name) });
};

/** Matrices or vectors, one for each direction; of B two vectors side by side. */
const hasForm = (letter: string, [ways, size = 1, ...more]: ReadonlyArray<number>, directions: number): boolean =>
  ways === directions &&
  more.length === (letter === "W" || letter === "R" ? 1 : 0) &&
  (letter !== "B" || size % 2 === 0);

/** For each direction whether it runs from the end. */
const waysOf = ({ attributes: { direction } }: OnnxNode): ReadonlyArray<boolean> => {
  const way = direction?.tag === "string" ? direction.value : "forward";
  return way === "bidirectional" ? [false, true] : [way === "reverse"];
};

const isResetAfter = ({ type, attributes: { linear_before_reset: after } }: OnnxNode): boolean =>
  type === "GRU" && after?.tag === "int" && after.value !== 0;

/** What no standard cell has. */
const unusual = (node: OnnxNode): ReadonlyArray<string> => {
  const { type, attributes } = node;
  const { activations, clip, input_forget: coupled } = attributes;
  const count = usualActivations[type]![0]!.length;
  const each = waysOf(node).map((_, at) =>
    activations?.tag === "strings" ? activations.value.slice(at * count, (at + 1) * count) : [],
  );
  const isUsual = each.every(
    (names) =>
      names.length === 0 ||
      usualActivations[type]!.some((usual) => usual.join().toLowerCase() === names.join().toLowerCase()),
  );
  return [
    ...(isUsual ? [] : [`the activations ${each.flat().join(", ")}`]),
    ...(clip === undefined ? [] : ["clip"]),
    ...(coupled?.tag === "int" && coupled.value !== 0 ? ["input_forget"] : []),
  ];
};

const unreadReason = ({ unread }: ReadGraph, name: string): string =>
  unread.find(([each]) => each === name)?.[1] ?? "is computed and not given in the file";

/** States that do not start at 0; what is computed is taken for zeros, as PyTorch makes them of the size of the batch. */
const startsOf = (graph: ReadGraph, { type, inputs }: OnnxNode): ReadonlyArray<string> =>
  [["initial_h", 5] as const, ...(type === "LSTM" ? [["initial_c", 6] as const] : [])].flatMap(([what, place]) => {
    const start = startNamed(graph, inputs[place] ?? "");
    return start !== undefined && Array.from(start.data).some((value) => value !== 0)
      ? [`an ${what} (${inputs[place]}) that is not 0`]
      : [];
  });

/** Through what only repeats or cuts it. */
const startNamed = (graph: ReadGraph, name: string): OnnxTensor | undefined => {
  const maker = graph.nodes.find(({ outputs }) => outputs.includes(name));
  return maker !== undefined && ["Expand", "Slice", "Unsqueeze", "Reshape", "Tile"].includes(maker.type)
    ? startNamed(graph, maker.inputs[0] ?? "")
    : tensorNamed(graph, name);
};

/** A tensor that is given in the file, by name or as a constant of its own. */
const tensorNamed = (
  { nodes, initializers }: Pick<ReadGraph, "nodes" | "initializers">,
  name: string,
): OnnxTensor | undefined => {
  const known = initializers.find((tensor) => tensor.name === name);
  if (known !== undefined) return known;
  const maker = nodes.find(({ outputs }) => outputs.includes(name));
  if (maker?.type === "Identity") return tensorNamed({ nodes, initializers }, maker.inputs[0] ?? "");
  const value = maker?.type === "Constant" ? maker.attributes.value : undefined;
  return value?.tag === "tensor" ? value.value : undefined;
};

const isReal = (type: OnnxTensor["type"]): boolean => type === "float" || type === "double";

const shaped = ({ shape, type, data }: OnnxTensor) => ({
  shape,
  values: type === "double" ? Float64Array.from(data) : Float32Array.from(data),
});

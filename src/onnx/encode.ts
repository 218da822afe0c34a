import { match } from "../match.ts";
import {
  type ElementType,
  elementTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "./messages.ts";
import { bytes, bytesOfFields, type Field, message, single, text, whole } from "./wire.ts";

/** The operations of set 17, which IR 8 goes with. */
const operatorSet = 17;
const irVersion = 8;

/** A model as a file of ONNX. */
export const bytesOfModel = ({ graph, metadata }: OnnxModel): Uint8Array =>
  bytesOfFields([
    whole(1, irVersion),
    text(2, "rnnc"),
    message(7, graphFields(graph)),
    message(8, [text(1, ""), whole(2, operatorSet)]),
    ...metadata.map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);

const graphFields = ({
  name,
  documentation,
  nodes,
  initializers,
  inputs,
  outputs,
}: OnnxGraph): ReadonlyArray<Field> => [
  ...nodes.map((node) => message(1, nodeFields(node))),
  text(2, name),
  ...initializers.map((tensor) => message(5, tensorFields(tensor))),
  ...(documentation === "" ? [] : [text(10, documentation)]),
  ...inputs.map((value) => message(11, valueFields(value))),
  ...outputs.map((value) => message(12, valueFields(value))),
];

const nodeFields = ({ type, name, inputs, outputs, attributes }: OnnxNode): ReadonlyArray<Field> => [
  ...inputs.map((input) => text(1, input)),
  ...outputs.map((output) => text(2, output)),
  text(3, name),
  text(4, type),
  ...Object.entries(attributes).map(([key, attribute]) => message(5, [text(1, key), ...attributeFields(attribute)])),
];

/** The value of an attribute, and the number of its type. */
const attributeFields = match<OnnxAttribute, ReadonlyArray<Field>>({
  float: ({ value }) => [single(2, value), whole(20, 1)],
  int: ({ value }) => [whole(3, value), whole(20, 2)],
  string: ({ value }) => [text(4, value), whole(20, 3)],
  tensor: ({ value }) => [message(5, tensorFields(value)), whole(20, 4)],
  graph: ({ value }) => [message(6, graphFields(value)), whole(20, 5)],
  floats: ({ value }) => [...value.map((each) => single(7, each)), whole(20, 6)],
  ints: ({ value }) => [...value.map((each) => whole(8, each)), whole(20, 7)],
  strings: ({ value }) => [...value.map((each) => text(9, each)), whole(20, 8)],
});

const tensorFields = ({ name, type, shape, data }: OnnxTensor): ReadonlyArray<Field> => [
  ...shape.map((extent) => whole(1, extent)),
  whole(2, elementTypes[type]),
  text(8, name),
  bytes(9, rawData(type, data)),
];

const valueFields = ({ name, type, shape, documentation }: OnnxValue): ReadonlyArray<Field> => {
  const extents = shape.map((extent) => message(1, [typeof extent === "number" ? whole(1, extent) : text(2, extent)]));
  const tensor = [whole(1, elementTypes[type]), message(2, extents)];
  return [
    text(1, name),
    message(2, [message(1, tensor)]),
    ...(documentation === undefined ? [] : [text(3, documentation)]),
  ];
};

/** Elements one after the other, in the order of bytes that ONNX states: the least first. */
const rawData = (type: ElementType, data: ArrayLike<number>): Uint8Array => {
  const { size, set } = writers[type];
  const result = new Uint8Array(size * data.length);
  const view = new DataView(result.buffer);
  for (let i = 0; i < data.length; i += 1) set(view, i * size, data[i]!);
  return result;
};

const writers: {
  readonly [T in ElementType]: {
    readonly size: number;
    readonly set: (view: DataView, at: number, value: number) => void;
  };
} = {
  float: { size: 4, set: (view, at, value) => view.setFloat32(at, value, true) },
  double: { size: 8, set: (view, at, value) => view.setFloat64(at, value, true) },
  int32: { size: 4, set: (view, at, value) => view.setInt32(at, value, true) },
  int64: { size: 8, set: (view, at, value) => view.setBigInt64(at, BigInt(value), true) },
  bool: { size: 1, set: (view, at, value) => view.setUint8(at, value) },
};

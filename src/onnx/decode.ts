import {
  type ElementType,
  elementTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
} from "./messages.ts";
import { type Field, fieldsOfBytes, varintAt } from "./wire.ts";

/** What is read of a model: its nodes and the tensors that are given in it. */
export type ReadGraph = Pick<OnnxGraph, "nodes" | "initializers"> &
  Pick<OnnxModel, "metadata"> & {
    /** Tensors whose numbers are not read, and why: what comes after their names. */
    readonly unread: ReadonlyArray<readonly [name: string, reason: string]>;
  };

/** The main graph of a file of ONNX; undefined where the bytes are no such file. */
export const graphOfBytes = (data: Uint8Array): ReadGraph | undefined => {
  const model = fieldsOfBytes(data) ?? [];
  const [graph] = messagesAt(model, 7);
  return graph === undefined
    ? undefined
    : {
        nodes: messagesAt(graph, 1).map(nodeOf),
        initializers: messagesAt(graph, 5).flatMap(tensorsOf),
        unread: messagesAt(graph, 5).flatMap((fields) => {
          const found = tensorOf(fields);
          return typeof found === "string" ? [[nameOf(fields), found] as const] : [];
        }),
        metadata: messagesAt(model, 14).map((pair) => [textsAt(pair, 1)[0] ?? "", textsAt(pair, 2)[0] ?? ""] as const),
      };
};

const nodeOf = (fields: ReadonlyArray<Field>): OnnxNode => ({
  inputs: textsAt(fields, 1),
  outputs: textsAt(fields, 2),
  name: textsAt(fields, 3)[0] ?? "",
  type: textsAt(fields, 4)[0] ?? "",
  attributes: Object.fromEntries(
    messagesAt(fields, 5).flatMap((attribute) => {
      const found = attributeOf(attribute);
      return found === undefined ? [] : [[textsAt(attribute, 1)[0] ?? "", found] as const];
    }),
  ),
});

/** Those of graphs are left out: no weights stand in them that are read. */
const attributeOf = (fields: ReadonlyArray<Field>): OnnxAttribute | undefined => {
  const [float] = numbersAt(fields, 2);
  const [whole] = numbersAt(fields, 3);
  const [text] = textsAt(fields, 4);
  const [tensor] = messagesAt(fields, 5).flatMap(tensorsOf);
  switch (numbersAt(fields, 20)[0]) {
    case 1:
      return { tag: "float", value: float ?? 0 };
    case 2:
      return { tag: "int", value: whole ?? 0 };
    case 3:
      return { tag: "string", value: text ?? "" };
    case 4:
      return tensor === undefined ? undefined : { tag: "tensor", value: tensor };
    case 6:
      return { tag: "floats", value: numbersAt(fields, 7) };
    case 7:
      return { tag: "ints", value: numbersAt(fields, 8) };
    case 8:
      return { tag: "strings", value: textsAt(fields, 9) };
    default:
      return undefined;
  }
};

const tensorsOf = (fields: ReadonlyArray<Field>): ReadonlyArray<OnnxTensor> => {
  const found = tensorOf(fields);
  return typeof found === "string" ? [] : [found];
};

const nameOf = (fields: ReadonlyArray<Field>): string => textsAt(fields, 8)[0] ?? "";

/** A tensor; or why its numbers are not read. */
const tensorOf = (fields: ReadonlyArray<Field>): OnnxTensor | string => {
  const number = numbersAt(fields, 2)[0] ?? 0;
  const type = (Object.keys(elementTypes) as ReadonlyArray<ElementType>).find((name) => elementTypes[name] === number);
  if (type === undefined) return `is of ${otherTypes[number] ?? `the unknown type ${number}`}, which is not read`;
  const shape = numbersAt(fields, 1);
  const length = shape.reduce((product, extent) => product * extent, 1);
  if (shape.some((extent) => extent < 0) || !Number.isSafeInteger(length))
    return `has the impossible shape [${shape.join(", ")}]`;
  if (numbersAt(fields, 14)[0] === 1 || fields.some(({ number: of }) => of === 13))
    return "is kept in another file (external data), which is not read: save the model with its weights in one file";
  const raw = fields.find(({ number: of, tag }) => of === 9 && tag === "bytes");
  const data = raw?.tag === "bytes" ? rawNumbers(type, raw.value) : numbersAt(fields, typedFields[type]);
  return data.length === length
    ? { name: nameOf(fields), type, shape, data }
    : `has ${data.length} numbers where its shape [${shape.join(", ")}] takes ${length}`;
};

/** By their numbers in ONNX. */
const otherTypes: Readonly<Record<number, string>> = {
  2: "uint8",
  3: "int8",
  4: "uint16",
  5: "int16",
  8: "string",
  10: "float16",
  12: "uint32",
  13: "uint64",
  16: "bfloat16",
};

/** Where a tensor's elements stand that are not kept as bytes. */
const typedFields: { readonly [T in ElementType]: number } = { float: 4, int32: 5, bool: 5, int64: 7, double: 10 };

const rawNumbers = (type: ElementType, data: Uint8Array): ReadonlyArray<number> => {
  const { size, get } = readers[type];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: Math.floor(data.length / size) }, (_, i) => get(view, i * size));
};

const readers: {
  readonly [T in ElementType]: { readonly size: number; readonly get: (view: DataView, at: number) => number };
} = {
  float: { size: 4, get: (view, at) => view.getFloat32(at, true) },
  double: { size: 8, get: (view, at) => view.getFloat64(at, true) },
  int32: { size: 4, get: (view, at) => view.getInt32(at, true) },
  int64: { size: 8, get: (view, at) => Number(view.getBigInt64(at, true)) },
  bool: { size: 1, get: (view, at) => view.getUint8(at) },
};

const messagesAt = (fields: ReadonlyArray<Field>, number: number): ReadonlyArray<ReadonlyArray<Field>> =>
  fields.flatMap((field) => {
    const found = field.number === number && field.tag === "bytes" ? fieldsOfBytes(field.value) : null;
    return found === null ? [] : [found];
  });

const textsAt = (fields: ReadonlyArray<Field>, number: number): ReadonlyArray<string> =>
  fields.flatMap((field) =>
    field.number === number && field.tag === "bytes" ? [new TextDecoder().decode(field.value)] : [],
  );

/** Numbers one by one, or many packed as bytes: which of the two is the writer's choice. */
const numbersAt = (fields: ReadonlyArray<Field>, number: number): ReadonlyArray<number> =>
  fields.flatMap((field) => {
    if (field.number !== number) return [];
    return field.tag === "bytes" ? packedNumbers(number, field.value) : [Number(field.value)];
  });

const packedNumbers = (number: number, data: Uint8Array): ReadonlyArray<number> => {
  // Of tensors and attributes these fields have no varints.
  if (number === 4) return rawNumbers("float", data);
  if (number === 10) return rawNumbers("double", data);
  const found: number[] = [];
  for (let at = 0; at < data.length; ) {
    const next = varintAt(data, at);
    if (next === null) return found;
    found.push(Number(next.value));
    at = next.end;
  }
  return found;
};

import type { Values } from "../runtime/interface.ts";
import { bytesOfValues, type ElementTypeName, elementType } from "./element-types.ts";

/**
 * The format of Hugging Face in which PyTorch's world keeps weights: the length of the header (64 bits, little endian), the
 * header as JSON, and the bytes of all tensors end to end. Names stand in the header with the type of elements, the shape and
 * where the bytes begin and end. This is what is written; `decode.ts` reads.
 */
export interface Tensor {
  readonly type: ElementTypeName;
  readonly shape: ReadonlyArray<number>;
  /** Row-major, little endian. */
  readonly bytes: Uint8Array;
}

export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors that a file names and whose numbers are not read, each with the reason. */
  readonly unread?: Readonly<Record<string, string>>;
}

export interface Shaped {
  readonly shape: ReadonlyArray<number>;
  readonly values: Values;
}

export const lengthOf = (shape: ReadonlyArray<number>): number => shape.reduce((product, size) => product * size, 1);

export const tensorOf = ({ shape, values }: Shaped): Tensor => ({
  type: values instanceof Float64Array ? "F64" : "F32",
  shape,
  bytes: bytesOfValues(values),
});

/** The same tensors give the same bytes. The largest elements stand first, so that each tensor is aligned. */
export const encodeSafetensors = ({ tensors, metadata }: Safetensors): Uint8Array => {
  const sorted = Object.entries(tensors).sort(
    ([a, { type: s }], [b, { type: t }]) => elementType(t).size - elementType(s).size || (a < b ? -1 : 1),
  );
  let end = 0;
  const entries = sorted.map(([name, { type, shape, bytes }]) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype: type, shape, data_offsets: [begin, end] }] as const;
  });
  const told = Object.keys(metadata).length === 0 ? [] : [["__metadata__", metadata] as const];
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...told, ...entries])));
  const header = 8 * Math.ceil(text.length / 8);
  const file = new Uint8Array(8 + header + end).fill(0x20, 8, 8 + header);
  new DataView(file.buffer).setBigUint64(0, BigInt(header), true);
  file.set(text, 8);
  sorted.forEach(([, { bytes }], i) => {
    file.set(bytes, 8 + header + entries[i]![1].data_offsets[0]!);
  });
  return file;
};

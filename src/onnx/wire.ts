/**
 * The wire format of protocol buffers, as much of it as ONNX has: a message is a list of fields, each a number and a value.
 * Whole numbers are varints in two's complement of 64 bits.
 */
export type Field = { readonly number: number } & (
  | { readonly tag: "whole"; readonly value: bigint }
  | { readonly tag: "single"; readonly value: number }
  | { readonly tag: "double"; readonly value: number }
  | { readonly tag: "bytes"; readonly value: Uint8Array }
);

export const whole = (number: number, value: number | bigint): Field => ({
  number,
  tag: "whole",
  value: BigInt(value),
});
export const single = (number: number, value: number): Field => ({ number, tag: "single", value });
export const bytes = (number: number, value: Uint8Array): Field => ({ number, tag: "bytes", value });
export const text = (number: number, value: string): Field => bytes(number, new TextEncoder().encode(value));
export const message = (number: number, fields: ReadonlyArray<Field>): Field => bytes(number, bytesOfFields(fields));

export const bytesOfFields = (fields: ReadonlyArray<Field>): Uint8Array => {
  const parts = fields.flatMap(partsOf);
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    result.set(part, at);
    return at + part.length;
  }, 0);
  return result;
};

const wireTypes = { whole: 0, double: 1, bytes: 2, single: 5 } as const;

const partsOf = (field: Field): ReadonlyArray<Uint8Array> => {
  const head = varint(BigInt(field.number * 8 + wireTypes[field.tag]));
  switch (field.tag) {
    case "whole":
      return [head, varint(BigInt.asUintN(64, field.value))];
    case "single":
      return [head, fixed(4, (view) => view.setFloat32(0, field.value, true))];
    case "double":
      return [head, fixed(8, (view) => view.setFloat64(0, field.value, true))];
    case "bytes":
      return [head, varint(BigInt(field.value.length)), field.value];
  }
};

const fixed = (size: number, write: (view: DataView) => void): Uint8Array => {
  const result = new Uint8Array(size);
  write(new DataView(result.buffer));
  return result;
};

const varint = (value: bigint): Uint8Array => {
  const found: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) found.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...found, Number(rest)]);
};

/** The fields of a message; null where the bytes are none. */
export const fieldsOfBytes = (data: Uint8Array): ReadonlyArray<Field> | null => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const fields: Field[] = [];
  for (let at = 0; at < data.length; ) {
    const head = varintAt(data, at);
    if (head === null) return null;
    const number = Number(head.value >> 3n);
    const found = valueAt(view, data, head.end, Number(head.value & 7n));
    if (found === null || number === 0) return null;
    fields.push({ number, ...found.value });
    at = found.end;
  }
  return fields;
};

type Value = Field extends infer F ? (F extends Field ? Omit<F, "number"> : never) : never;

const valueAt = (
  view: DataView,
  data: Uint8Array,
  at: number,
  wireType: number,
): { readonly value: Value; readonly end: number } | null => {
  const left = data.length - at;
  if (wireType === wireTypes.double && left >= 8)
    return { value: { tag: "double", value: view.getFloat64(at, true) }, end: at + 8 };
  if (wireType === wireTypes.single && left >= 4)
    return { value: { tag: "single", value: view.getFloat32(at, true) }, end: at + 4 };
  if (wireType !== wireTypes.whole && wireType !== wireTypes.bytes) return null;
  const found = varintAt(data, at);
  if (found === null) return null;
  if (wireType === wireTypes.whole) return { value: { tag: "whole", value: found.value }, end: found.end };
  const end = found.end + Number(found.value);
  return end > data.length ? null : { value: { tag: "bytes", value: data.subarray(found.end, end) }, end };
};

/** No varint has more than ten bytes. */
const longestVarint = 10;

/** A varint, with a sign if it was written with one, and where it ends. */
export const varintAt = (data: Uint8Array, from: number): { readonly value: bigint; readonly end: number } | null => {
  let value = 0n;
  for (let at = from; at < Math.min(data.length, from + longestVarint); at += 1) {
    const byte = data[at]!;
    value |= BigInt(byte & 127) << BigInt(7 * (at - from));
    if (byte < 128) return { value: BigInt.asIntN(64, value), end: at + 1 };
  }
  return null;
};

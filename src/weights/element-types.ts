import type { Values } from "../runtime/interface.ts";

/** How many bytes an element takes, and how it is read where it is a number of floating point. Little endian. */
interface ElementType {
  readonly size: number;
  readonly read?: (bytes: Uint8Array) => Values;
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** The upper half of a number of single precision. */
const brain = (bits: number): number => {
  single.setUint32(0, bits << 16);
  return single.getFloat32(0);
};
const single = new DataView(new ArrayBuffer(4));

/** A sign, five bits of exponent, ten of fraction. */
const half = (bits: number): number => {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const [exponent, fraction] = [(bits >> 10) & 31, (bits & 1023) / 1024];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  const power = exponent - 15;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** power;
};

const singles =
  (size: number, at: (view: DataView, offset: number) => number) =>
  (bytes: Uint8Array): Values => {
    const view = viewOf(bytes);
    return Float32Array.from({ length: bytes.length / size }, (_, i) => at(view, size * i));
  };

/** All that safetensors has. Weights are numbers of floating point; the others may stand beside them. */
export const elementTypes = {
  F64: {
    size: 8,
    read: (bytes) => {
      const view = viewOf(bytes);
      return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
    },
  },
  F32: { size: 4, read: singles(4, (view, offset) => view.getFloat32(offset, true)) },
  F16: { size: 2, read: singles(2, (view, offset) => half(view.getUint16(offset, true))) },
  BF16: { size: 2, read: singles(2, (view, offset) => brain(view.getUint16(offset, true))) },
  I64: { size: 8 },
  U64: { size: 8 },
  I32: { size: 4 },
  U32: { size: 4 },
  I16: { size: 2 },
  U16: { size: 2 },
  I8: { size: 1 },
  U8: { size: 1 },
  BOOL: { size: 1 },
  F8_E4M3: { size: 1 },
  F8_E5M2: { size: 1 },
} satisfies Readonly<Record<string, ElementType>>;

export type ElementTypeName = keyof typeof elementTypes;

export const elementType = (name: ElementTypeName): ElementType => elementTypes[name];

export const isElementType = (name: string): name is ElementTypeName => Object.hasOwn(elementTypes, name);

/** Little endian, whatever the machine is. */
export const bytesOfValues = (values: Values): Uint8Array => {
  const bytes = new Uint8Array(values.byteLength);
  const view = viewOf(bytes);
  if (values instanceof Float64Array) values.forEach((value, i) => void view.setFloat64(8 * i, value, true));
  else values.forEach((value, i) => void view.setFloat32(4 * i, value, true));
  return bytes;
};

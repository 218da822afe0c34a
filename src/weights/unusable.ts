import type { Values } from "../runtime/interface.ts";
import type { Shaped } from "./safetensors.ts";

/**
 * What is wrong with numbers that become a parameter: none is NaN or infinite, in the precision of the model, unless the model
 * has the same there already, as a parameter that is fixed at `log(0)`. Places are counted from 1.
 */
export const unusable = ({ shape, values }: Shaped, before: Values): string | undefined => {
  const fitted = before instanceof Float64Array ? values : Float32Array.from(values);
  const isOdd = (value: number, i: number): boolean => !Number.isFinite(value) && !Object.is(value, before[i]);
  const first = fitted.findIndex(isOdd);
  if (first < 0) return undefined;
  const count = fitted.filter(isOdd).length;
  const others = count === 1 ? "" : `, and ${count - 1} more such`;
  return `${numberName(values[first]!)}${placeName(shape, first)}${others}`;
};

const numberName = (value: number): string => {
  if (Number.isFinite(value)) return `${value}, which single precision does not reach,`;
  return Number.isNaN(value) ? "NaN" : value < 0 ? "minus infinity" : "infinity";
};

const placeName = (shape: ReadonlyArray<number>, at: number): string => {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const place = shape.map((size, i) => (Math.floor(at / strides[i]!) % size) + 1);
  return place.length === 0 ? "" : ` at [${place.join(", ")}]`;
};

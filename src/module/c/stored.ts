import type { ModelInfo, Params, Values } from "../../runtime/interface.ts";

/** How weights are kept in a file of C: as they are, or in fewer bits beside the greatest size of each row. */
export const storages = { plain: "as they are", f16: "two bytes each", int8: "one byte each" } as const;
export type Storage = keyof typeof storages;

/** Numbers from -1 to 1, as they are kept, and what each row of them is multiplied by. */
export interface Stored {
  /** Whole numbers: of `f16` the bits. */
  readonly numbers: ReadonlyArray<number>;
  readonly scales: ReadonlyArray<number>;
  readonly columns: number;
}

type Kind = Exclude<Storage, "plain">;

/** Rows are those of a matrix; a vector is one. */
export const stored = (values: Values, shape: ReadonlyArray<number>, kind: Kind): Stored => {
  const columns = (shape.length < 2 ? values.length : shape.at(-1)) || 1;
  const rounded = values instanceof Float32Array ? Math.fround : (x: number): number => x;
  const scales = Array.from({ length: Math.ceil(values.length / columns) }, (_, row) =>
    rounded(greatestOf(values.subarray(row * columns, (row + 1) * columns)) / (kind === "int8" ? 127 : 1)),
  );
  const numbers = Array.from(values, (value, i) => {
    const scale = scales[Math.floor(i / columns)]!;
    if (!(scale > 0)) return 0;
    // There is one zero.
    return kind === "int8" ? Math.round(value / scale) + 0 : halfBits(value / scale);
  });
  return { numbers, scales, columns };
};

const greatestOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The numbers that a program in C finds: those of the parameters, but for what their storage costs. */
export const restoredParams = ({ params }: Pick<ModelInfo, "params">, given: Params, storage: Storage): Params =>
  storage === "plain"
    ? given
    : Object.fromEntries(
        params.map(({ path, shape }) => {
          const values = given[path]!;
          const { numbers, scales, columns } = stored(values, shape, storage);
          const value = storage === "int8" ? (n: number): number => n : halfValue;
          return [path, values.map((_, i) => scales[Math.floor(i / columns)]! * value(numbers[i]!)) as Values];
        }),
      );

/** The nearest number of half precision to one from -1 to 1, as its bits. */
const halfBits = (x: number): number => {
  const sign = x < 0 ? 0x8000 : 0;
  const size = Math.min(1, Math.abs(x));
  let exponent = 15;
  let scaled = size;
  for (; scaled < 1 && exponent > 1; exponent -= 1) scaled *= 2;
  const whole = Math.round(scaled * 1024);
  if (whole < 1024) return sign | whole;
  return sign | ((exponent << 10) + (whole - 1024));
};

const halfValue = (bits: number): number => {
  const [exponent, rest] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? rest / 16777216 : (1024 + rest) / (1 << (25 - exponent));
  return bits & 0x8000 ? -size : size;
};

/** What the elementary functions must know of a format of floating-point numbers. */
export interface Format {
  readonly significandBits: number;
  readonly bias: number;
  /** 1.5 times 2^significandBits: adding and subtracting it rounds to an integer. */
  readonly rounder: number;
  readonly leastNormal: number;
  /** The bits of a number just below the square root of 1/2; of 64 bits, the lower 32 are 0. */
  readonly halfRootBits: bigint;
  /** Beyond these, e^x is 0 or infinite. */
  readonly exponentialRange: readonly [number, number];
  /** From here on tanh(x / 2) rounds to 1. */
  readonly hyperbolicLimit: number;
  /** ln 2 as a sum; the first part has so few bits that its multiples by exponents are exact. */
  readonly ln2: readonly [number, number];
}

/** How a function is computed: in the numbers of a precision, or in double for a result of single precision. */
export type Arithmetic = "f32" | "f64" | "f32 in f64";
/** What is computed in doubles, for a result of either precision. */
export type InDoubles = Exclude<Arithmetic, "f32">;

const double: Format = {
  significandBits: 52,
  bias: 1023,
  rounder: 1.5 * 2 ** 52,
  leastNormal: 2 ** -1022,
  halfRootBits: 0x3fe6a09e_00000000n,
  exponentialRange: [-746, 710],
  hyperbolicLimit: 44,
  ln2: [0.6931471803691238, 1.9082149292705877e-10],
};

export const formats: { readonly [A in Arithmetic]: Format } = {
  f32: {
    significandBits: 23,
    bias: 127,
    rounder: 1.5 * 2 ** 23,
    leastNormal: 2 ** -126,
    halfRootBits: 0x3f3504f3n,
    exponentialRange: [-105, 89],
    hyperbolicLimit: 20,
    ln2: [0.693359375, -2.1219444e-4],
  },
  f64: double,
  "f32 in f64": { ...double, ln2: [Math.LN2, 0] },
};

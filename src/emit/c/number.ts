import type { Precision } from "../../runtime/interface.ts";

/** A number as C text of a precision: the fewest digits that are read as the same number. */
export const numberText = (x: number, precision: Precision): string => {
  if (Number.isNaN(x)) return "rn_nan()";
  const value = precision === "f32" ? Math.fround(x) : x;
  if (!Number.isFinite(value)) return value > 0 ? "rn_infinity()" : "(-rn_infinity())";
  const size = shortest(Math.abs(value), precision);
  const text = `${/[.e]/.test(size) ? size : `${size}.0`}${precision === "f32" ? "f" : ""}`;
  return value < 0 || Object.is(value, -0) ? `(-${text})` : text;
};

const shortest = (size: number, precision: Precision): string => {
  if (precision === "f64") return String(size);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((count) => Math.fround(Number(size.toPrecision(count))) === size);
  return String(Number(size.toPrecision(digits ?? 9)));
};

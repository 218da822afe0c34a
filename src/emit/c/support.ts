import { type Elementary, elementaryNames } from "../../circuit/circuit.ts";
import type { Precision } from "../../runtime/interface.ts";
import { elementaryText, ofVectors, wholePowerText } from "./elementary.ts";
import { doubles, singles, vectors } from "./flavour.ts";
import { kernelTexts } from "./generated/kernels.ts";
import { primitivesText } from "./primitives.ts";

/** What C text calls besides what every text has. */
export interface Called {
  readonly elementary: ReadonlySet<Elementary>;
  readonly powers: ReadonlySet<number>;
  readonly products: boolean;
}

/** The head of a C file: types, vectors, and the functions that its programs call. */
export const supportText = ({ elementary, powers, products }: Called, precision: Precision): string => {
  const width = precision === "f32" ? 32 : 64;
  return [
    kernelTexts["base.h"],
    `typedef ${precision === "f32" ? "float" : "double"} rn_f;`,
    `typedef int${width}_t rn_b;`,
    `#define RN_BYTES ${width / 8}`,
    kernelTexts["vector.h"],
    primitivesText(singles(precision)),
    ...(precision === "f32" ? [primitivesText(doubles)] : []),
    "RN_INLINE rn_f rn_infinity(void) { return rn_real(" +
      (precision === "f32" ? "INT32_C(0x7f800000)" : "INT64_C(0x7ff0000000000000)") +
      "); }",
    "RN_INLINE rn_f rn_nan(void) { return rn_infinity() - rn_infinity(); }",
    ...ofVectors([primitivesText(vectors(precision))]),
    kernelTexts["root.h"],
    ...elementaryNames.filter((name) => elementary.has(name)).map((name) => elementaryText(name, precision)),
    ...[...powers].map((exponent) => wholePowerText(exponent, precision)),
    ...(products ? [kernelTexts["product.h"]] : []),
  ].join("\n");
};

import { arity, type Elementary } from "../../circuit/circuit.ts";
import { functions } from "../../elementary/functions.ts";
import { isTruth, type Term } from "../../elementary/term.ts";
import { wholePower } from "../../elementary/whole-power.ts";
import type { Precision } from "../../runtime/interface.ts";
import { argumentNames, termText } from "../term-text.ts";
import { doubles, type Flavour, singles, vectors } from "./flavour.ts";
import { primitivesOf } from "./primitives.ts";

/** An elementary function in C: of single numbers, and where there are vectors of those. */
export const elementaryText = (name: Elementary, precision: Precision): string => {
  const { arithmetic, term } = functions[precision][name];
  const count = arity[name];
  if (arithmetic === precision) return inBoth(`rn_${name}`, count, term, precision);
  const operands = Array.from({ length: count }, (_, i) => argumentNames[i]);
  return [
    functionText(`rn_${name}_d`, count, term, doubles),
    `RN_FN rn_f rn_${name}(${parametersOf(count, "rn_f")}) { return (rn_f)rn_${name}_d(${operands.map((x) => `(double)${x}`).join(", ")}); }`,
    ...vectorsOf(`rn_${name}`, [
      `RN_FN rn_v rn_${name}_v(${parametersOf(count, "rn_v")}) {`,
      "rn_v result;",
      `for (int i = 0; i < RN_LANES; i++) result[i] = rn_${name}(${operands.map((x) => `${x}[i]`).join(", ")});`,
      "return result;",
      "}",
    ]),
  ].join("\n");
};

/** x^n for a whole n. */
export const wholePowerText = (exponent: number, precision: Precision): string =>
  inBoth(wholePowerName(exponent), 1, wholePower(exponent), precision);

export const wholePowerName = (exponent: number): string =>
  `rn_power_${exponent < 0 ? "minus_" : ""}${Math.abs(exponent)}`;

const inBoth = (name: string, count: number, term: Term, precision: Precision): string =>
  [
    functionText(name, count, term, singles(precision)),
    ...vectorsOf(name, [functionText(`${name}_v`, count, term, vectors(precision))]),
  ].join("\n");

/** A function of vectors; where there are none it is that of numbers. */
const vectorsOf = (name: string, lines: ReadonlyArray<string>): ReadonlyArray<string> => [
  "#if RN_LANES > 1",
  ...lines,
  "#else",
  `#define ${name}_v ${name}`,
  "#endif",
];

/** What stands only where there are vectors. */
export const ofVectors = (lines: ReadonlyArray<string>): ReadonlyArray<string> => [
  "#if RN_LANES > 1",
  ...lines,
  "#endif",
];

const parametersOf = (count: number, real: string): string =>
  Array.from({ length: count }, (_, i) => `${real} ${argumentNames[i]}`).join(", ");

const functionText = (name: string, count: number, term: Term, flavour: Flavour): string => {
  const { lines, value } = termText(term, {
    constant: flavour.constant,
    primitives: primitivesOf(flavour),
    named: (own, text, shared) => `const ${isTruth(shared) ? flavour.truth : flavour.real} ${own} = ${text};`,
  });
  return [
    `RN_FN ${flavour.real} ${name}(${parametersOf(count, flavour.real)}) {`,
    ...lines,
    `return ${value};`,
    "}",
  ].join("\n");
};

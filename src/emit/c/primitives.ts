import { formats } from "../../elementary/format.ts";
import type { Primitive } from "../../elementary/term.ts";
import type { Flavour } from "./flavour.ts";

const infix =
  (sign: string) =>
  (a: string, b: string): string =>
    `(${a} ${sign} ${b})`;

/** What the terms of elementary functions are made of, as C. */
export const primitivesOf = ({
  ending,
  isVector,
  choose,
}: Flavour): { readonly [P in Primitive]: (a: string, b: string, c: string) => string } => {
  const called =
    (name: string) =>
    (...operands: ReadonlyArray<string>): string =>
      `rn_${name}${ending}(${operands.filter((operand) => operand !== undefined).join(", ")})`;
  const comparison = (sign: string) => (a: string, b: string) =>
    isVector ? `((rn_m)(${a} ${sign} ${b}))` : `(${a} ${sign} ${b})`;
  return {
    add: infix("+"),
    sub: infix("-"),
    mul: infix("*"),
    div: infix("/"),
    neg: (a) => `(-${a})`,
    abs: called("abs"),
    less: comparison("<"),
    equal: comparison("=="),
    select: choose,
    atMost: called("at_most"),
    atLeast: called("at_least"),
    copySign: called("copy_sign"),
    powerCounted: called("power_counted"),
    exponentOf: called("exponent_of"),
    significandOf: called("significand_of"),
    single: called("single"),
  };
};

/** The functions of a flavour that C text takes for granted. */
export const primitivesText = (flavour: Flavour): string => {
  const { precision, isVector, real, truth, ending: _, constant, choose } = flavour;
  const { significandBits, bias, halfRootBits, rounder } = formats[precision];
  const width = precision === "f32" ? 32 : 64;
  const integer = isVector ? "rn_m" : `int${width}_t`;
  const bits = (value: bigint): string => {
    const text = `INT${width}_C(${BigInt.asIntN(width, value)})`;
    return isVector ? `rn_splat_m(${text})` : text;
  };
  const sign = isVector ? "rn_sign_m()" : `INT${width}_MIN`;
  const define = (result: string, name: string, parameters: string, body: string): string =>
    `RN_INLINE ${result} rn_${name}${_}(${parameters}) { ${body} }`;
  const [x, ab] = [`${real} x`, `${real} a, ${real} b`];
  const casts = isVector
    ? [
        `RN_INLINE rn_m rn_sign_m(void) { return rn_splat_m(INT${width}_MIN); }`,
        define(integer, "bits", x, `return (${integer})x;`),
        define(real, "real", `${integer} x`, `return (${real})x;`),
      ]
    : [
        define(integer, "bits", x, `${integer} y; memcpy(&y, &x, sizeof y); return y;`),
        define(real, "real", `${integer} x`, `${real} y; memcpy(&y, &x, sizeof y); return y;`),
      ];
  const isLess = (a: string, b: string) => (isVector ? `(rn_m)(${a} < ${b})` : `${a} < ${b}`);
  const isEqual = (a: string, b: string) => (isVector ? `(rn_m)(${a} == ${b})` : `${a} == ${b}`);
  const f = (name: string, ...operands: ReadonlyArray<string>) => `rn_${name}${_}(${operands.join(", ")})`;
  const rounderBits = BigInt(bias + significandBits) << BigInt(significandBits);
  const halfBit = 1n << BigInt(significandBits - 1);
  const exponentBits = `((${f("bits", "x")} - ${bits(halfRootBits)}) >> ${significandBits})`;
  const joined = (operator: string) => f("real", `${f("bits", "a")} ${operator} ${f("bits", "b")}`);
  return [
    ...casts,
    define(real, "abs", x, `return ${f("real", `${f("bits", "x")} & ~${sign}`)};`),
    define(
      real,
      "copy_sign",
      ab,
      `return ${f("real", `(${f("bits", "a")} & ~${sign}) | (${f("bits", "b")} & ${sign})`)};`,
    ),
    "/* The lesser or the greater of a number and a limit, which is not 0; NaN stays NaN. */",
    define(real, "at_most", ab, `return ${choose(isLess("b", "a"), "b", "a")};`),
    define(real, "at_least", ab, `return ${choose(isLess("a", "b"), "b", "a")};`),
    "/* Of two zeros the lesser is the negative one; NaN stays NaN. */",
    define(
      real,
      "min",
      ab,
      `return ${choose(isLess("a", "b"), "a", choose(isLess("b", "a"), "b", choose(isEqual("a", "b"), joined("|"), "a + b")))};`,
    ),
    define(
      real,
      "max",
      ab,
      `return ${choose(isLess("a", "b"), "b", choose(isLess("b", "a"), "a", choose(isEqual("a", "b"), joined("&"), "a + b")))};`,
    ),
    define(
      real,
      "times",
      ab,
      `return ${choose(flavour.or(`(${isEqual("a", constant(0))})`, `(${isEqual("b", constant(0))})`), constant(0), "a * b")};`,
    ),
    define(real, "one_if", `${truth} c`, `return ${choose("c", constant(1), constant(0))};`),
    "/* 2^k of a number whose last places count k + bias; e and m of x = 2^e m. */",
    define(
      real,
      "power_counted",
      x,
      isVector
        ? `return (${real})(${f("bits", "x")} << ${significandBits});`
        : `return ${f("real", `(${integer})((uint${width}_t)${f("bits", "x")} << ${significandBits})`)};`,
    ),
    define(
      real,
      "exponent_of",
      x,
      `return ${f("real", `${exponentBits} + ${bits(rounderBits | halfBit)}`)} - ${constant(rounder)};`,
    ),
    define(
      real,
      "significand_of",
      x,
      isVector
        ? `return (${real})(${f("bits", "x")} - (${exponentBits} << ${significandBits}));`
        : `return ${f("real", `(${integer})((uint${width}_t)${f("bits", "x")} - ((uint${width}_t)${exponentBits} << ${significandBits}))`)};`,
    ),
    define(
      real,
      "single",
      x,
      precision === "f32"
        ? "return x;"
        : isVector
          ? "for (int i = 0; i < RN_LANES; i++) x[i] = (float)x[i]; return x;"
          : "return (float)x;",
    ),
  ].join("\n");
};

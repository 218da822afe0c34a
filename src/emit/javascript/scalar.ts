import type { Pointwise } from "../../circuit/circuit.ts";
import { isWholePower } from "../../elementary/whole-power.ts";
import type { Scalar } from "../../loops/loops.ts";
import { integerText } from "../hoist.ts";
import { wholePowerName } from "./elementary.ts";
import type { Names } from "./names.ts";

/** The text of a number. */
export const value = (scalar: Scalar, names: Names): string => {
  switch (scalar.tag) {
    case "number":
      return numberText(scalar.value);
    case "load":
      return `${names.arena(scalar.buffer)}[${names.place(scalar.buffer, scalar.index)}]`;
    case "local":
      return names.local(scalar.name);
    case "indexValue":
      return `(${integerText(names.integer(scalar.index))})`;
    case "size":
      return integerText(names.size(scalar.size));
    case "length":
      return `L[${scalar.table}][${integerText(names.integer(scalar.index))}]`;
    case "call":
      return calls[scalar.fn](
        scalar.operands.map((operand) => () => value(operand, names)),
        scalar.operands,
        names,
      );
    case "choose":
      return `(${truth(scalar.condition, names)} ? ${value(scalar.then, names)} : ${value(scalar.else, names)})`;
  }
};

/** The text of a condition. */
export const truth = (scalar: Scalar, names: Names): string => {
  if (scalar.tag !== "call") return `${value(scalar, names)} !== 0`;
  const [a, b] = scalar.operands;
  switch (scalar.fn) {
    case "less":
      return `${value(a!, names)} < ${value(b!, names)}`;
    case "lessEqual":
      return `${value(a!, names)} <= ${value(b!, names)}`;
    case "equal":
      return `${value(a!, names)} === ${value(b!, names)}`;
    case "and":
      return `(${truth(a!, names)} && ${truth(b!, names)})`;
    case "or":
      return `(${truth(a!, names)} || ${truth(b!, names)})`;
    case "not":
      return `!(${truth(a!, names)})`;
    default:
      return `${value(scalar, names)} !== 0`;
  }
};

type Call = (texts: ReadonlyArray<() => string>, operands: ReadonlyArray<Scalar>, names: Names) => string;

const prefix =
  (name: string): Call =>
  (texts) =>
    `${name}(${texts.map((text) => text()).join(", ")})`;
/** A function of many operations: a call, or where there may be no garbage one of operands in memory. */
const elementary =
  (name: string): Call =>
  (texts, operands, names) => {
    const place = names.operandPlace();
    if (place === undefined) return prefix(name)(texts, operands, names);
    const given = texts.map((text, i) => `operands[${place + i}] = ${text()}`);
    return `(${[...given, `$${name}(${place})`, `operands[${place}]`].join(", ")})`;
  };
const infix =
  (sign: string): Call =>
  ([a, b]) =>
    `(${a!()} ${sign} ${b!()})`;
const condition =
  (fn: Pointwise): Call =>
  (_, operands, names) =>
    `(${truth({ tag: "call", fn, operands }, names)} ? 1 : 0)`;

/** Each function of a circuit as JavaScript. */
const calls: { readonly [P in Pointwise]: Call } = {
  neg: ([a]) => `(-${a!()})`,
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  times: prefix("times"),
  div: infix("/"),
  pow: (texts, operands, names) => {
    const exponent = operands[1];
    return exponent?.tag === "number" && isWholePower(exponent.value)
      ? elementary(wholePowerName(exponent.value))(texts.slice(0, 1), operands, names)
      : elementary("pow")(texts, operands, names);
  },
  mod: elementary("mod"),
  exp: elementary("exp"),
  expm1: elementary("expm1"),
  log: elementary("log"),
  log1p: elementary("log1p"),
  sqrt: prefix("Math.sqrt"),
  sin: elementary("sin"),
  cos: elementary("cos"),
  atan: elementary("atan"),
  erf: elementary("erf"),
  tanh: elementary("tanh"),
  sigmoid: elementary("sigmoid"),
  softplus: elementary("softplus"),
  min: prefix("Math.min"),
  max: prefix("Math.max"),
  less: condition("less"),
  lessEqual: condition("lessEqual"),
  equal: condition("equal"),
  not: condition("not"),
  and: condition("and"),
  or: condition("or"),
  select: ([, a, b], operands, names) => `(${truth(operands[0]!, names)} ? ${a!()} : ${b!()})`,
  stop: ([a]) => a!(),
};

const numberText = (x: number): string => {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "Infinity" : "(-Infinity)";
  return x < 0 || Object.is(x, -0) ? `(${Object.is(x, -0) ? "-0" : x})` : String(x);
};

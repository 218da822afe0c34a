import type { Pointwise } from "../circuit/circuit.ts";
import type { Scalar } from "../schedule/loops.ts";
import { type Hoist, integerText } from "./hoist.ts";

/** The text of a number. */
export const value = (scalar: Scalar, hoist: Hoist): string => {
  switch (scalar.tag) {
    case "number":
      return numberText(scalar.value);
    case "load":
      return `M[${integerText(hoist.address(scalar.buffer, scalar.index, 1))}]`;
    case "local":
      return scalar.name;
    case "indexValue":
      return `(${integerText(hoist.integer(scalar.index))})`;
    case "size":
      return integerText(hoist.size(scalar.size));
    case "length":
      return `L[${scalar.table}][${integerText(hoist.integer(scalar.index))}]`;
    case "call":
      return calls[scalar.fn](
        scalar.operands.map((operand) => () => value(operand, hoist)),
        scalar.operands,
        hoist,
      );
    case "choose":
      return `(${truth(scalar.condition, hoist)} ? ${value(scalar.then, hoist)} : ${value(scalar.else, hoist)})`;
  }
};

/** The text of a condition. */
export const truth = (scalar: Scalar, hoist: Hoist): string => {
  if (scalar.tag !== "call") return `${value(scalar, hoist)} !== 0`;
  const [a, b] = scalar.operands;
  switch (scalar.fn) {
    case "less":
      return `${value(a!, hoist)} < ${value(b!, hoist)}`;
    case "lessEqual":
      return `${value(a!, hoist)} <= ${value(b!, hoist)}`;
    case "equal":
      return `${value(a!, hoist)} === ${value(b!, hoist)}`;
    case "and":
      return `(${truth(a!, hoist)} && ${truth(b!, hoist)})`;
    case "or":
      return `(${truth(a!, hoist)} || ${truth(b!, hoist)})`;
    case "not":
      return `!(${truth(a!, hoist)})`;
    default:
      return `${value(scalar, hoist)} !== 0`;
  }
};

type Call = (texts: ReadonlyArray<() => string>, operands: ReadonlyArray<Scalar>, hoist: Hoist) => string;

const prefix =
  (name: string): Call =>
  (texts) =>
    `${name}(${texts.map((text) => text()).join(", ")})`;
const infix =
  (sign: string): Call =>
  ([a, b]) =>
    `(${a!()} ${sign} ${b!()})`;
const condition =
  (fn: Pointwise): Call =>
  (_, operands, hoist) =>
    `(${truth({ tag: "call", fn, operands }, hoist)} ? 1 : 0)`;

/** Each function of a circuit as JavaScript. */
const calls: { readonly [P in Pointwise]: Call } = {
  neg: ([a]) => `(-${a!()})`,
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  div: infix("/"),
  pow: (texts, operands) => {
    const [base, exponent] = operands;
    return exponent?.tag === "number" && exponent.value === 2 && base?.tag === "local"
      ? `(${base.name} * ${base.name})`
      : prefix("Math.pow")(texts, operands, undefined as never);
  },
  exp: prefix("exp"),
  log: prefix("log"),
  sqrt: prefix("Math.sqrt"),
  sin: prefix("Math.sin"),
  cos: prefix("Math.cos"),
  tanh: prefix("tanh"),
  sigmoid: prefix("sigmoid"),
  softplus: prefix("softplus"),
  min: prefix("Math.min"),
  max: prefix("Math.max"),
  less: condition("less"),
  lessEqual: condition("lessEqual"),
  equal: condition("equal"),
  not: condition("not"),
  and: condition("and"),
  or: condition("or"),
  select: ([, a, b], operands, hoist) => `(${truth(operands[0]!, hoist)} ? ${a!()} : ${b!()})`,
  stop: ([a]) => a!(),
};

const numberText = (x: number): string => {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "Infinity" : "(-Infinity)";
  return x < 0 || Object.is(x, -0) ? `(${Object.is(x, -0) ? "-0" : x})` : String(x);
};

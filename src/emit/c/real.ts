import type { Elementary, Pointwise } from "../../circuit/circuit.ts";
import { isWholePower } from "../../elementary/whole-power.ts";
import { CompilerFault } from "../../fault.ts";
import type { Index, Scalar } from "../../loops/loops.ts";
import { isUnit, strideAlong } from "../stride.ts";
import { variesWith } from "../vectorisable.ts";
import { wholePowerName } from "./elementary.ts";
import {
  alone,
  elementText,
  integerName,
  integerText,
  placeText,
  realName,
  type Scope,
  vectorAt,
  vectorName,
} from "./scope.ts";

/** The text of a number; in the loop of a vector, of the numbers of neighbouring turns. */
export const realText = (scope: Scope, scalar: Scalar): string => {
  const { flavour, across } = scope;
  switch (scalar.tag) {
    case "number":
      return flavour.constant(scalar.value);
    case "load":
      return across === undefined ? elementText(scope, scalar.buffer, scalar.index) : loadText(scope, scalar);
    case "local":
      return localText(scope, scalar.name);
    case "indexValue":
      return across === undefined
        ? `(rn_f)${wrapped(integerText(scope.hoist.integer(scalar.index)))}`
        : rampText(scope, across, scalar.index);
    case "size":
      return spread(scope, `(rn_f)${wrapped(integerText(scope.hoist.size(scalar.size)))}`);
    case "length":
      return spread(scope, `(rn_f)${lengthText(scope, scalar.table, scalar.index)}`);
    case "call":
      return calls[scalar.fn](scope, scalar.operands);
    case "choose": {
      const branches = [realText(scope, scalar.then), realText(scope, scalar.else)] as const;
      return across === undefined || !variesWith(across, scalar.condition)
        ? `(${truthText(alone(scope), scalar.condition)} ? ${branches[0]} : ${branches[1]})`
        : flavour.choose(truthText(scope, scalar.condition), ...branches);
    }
  }
};

/** The text of a truth. */
export const truthText = (scope: Scope, scalar: Scalar): string => {
  if (scalar.tag === "call" && scalar.fn in truths) return truths[scalar.fn as Truth](scope, scalar.operands);
  return compared(scope, "!=", realText(scope, scalar), scope.flavour.constant(0));
};

/** An entry of a table of lengths, an integer. */
export const lengthText = (scope: Scope, table: number, index: Index): string =>
  `L[${table}][${integerText(scope.hoist.integer(index))}]`;

const wrapped = (text: string): string => `(${text})`;

const spread = ({ across }: Scope, text: string): string => (across === undefined ? text : `rn_splat(${text})`);

const localText = (scope: Scope, name: string): string => {
  switch (scope.kinds.get(name)) {
    case "vector":
      return vectorName(name);
    case "real":
      return spread(scope, realName(name));
    case "integer":
      return spread(scope, `(rn_f)${integerName(name)}`);
    case undefined:
      throw new CompilerFault("c", `no local ${name}`);
  }
};

const loadText = (scope: Scope, { buffer, index }: Extract<Scalar, { tag: "load" }>): string => {
  const place = placeText(scope, buffer, index);
  const stride = strideAlong(scope.across!, index);
  if (stride.tag === "still") return `rn_splat(${elementText(scope, buffer, index)})`;
  if (stride.tag === "unknown") throw new CompilerFault("c", "a vector's elements stand in no row");
  return vectorAt(scope, place, isUnit(stride.size) ? undefined : integerText(scope.hoist.size(stride.size)));
};

const rampText = (scope: Scope, across: string, index: Index): string => {
  const stride = strideAlong(across, index);
  const first = integerText(scope.hoist.integer(index));
  if (stride.tag === "still") return `rn_splat((rn_f)${wrapped(first)})`;
  if (stride.tag === "unknown") throw new CompilerFault("c", "an index that moves unevenly");
  return `rn_ramp(${first}, ${stride.size.factor})`;
};

type Call = (scope: Scope, operands: ReadonlyArray<Scalar>) => string;
type Truth = "less" | "lessEqual" | "equal" | "and" | "or" | "not";

const compared = ({ flavour }: Scope, sign: string, a: string, b: string): string =>
  flavour.isVector ? `((rn_m)(${a} ${sign} ${b}))` : `(${a} ${sign} ${b})`;

const comparison =
  (sign: string): Call =>
  (scope, [a, b]) =>
    compared(scope, sign, realText(scope, a!), realText(scope, b!));

const truths: { readonly [T in Truth]: Call } = {
  less: comparison("<"),
  lessEqual: comparison("<="),
  equal: comparison("=="),
  and: (scope, [a, b]) => scope.flavour.and(truthText(scope, a!), truthText(scope, b!)),
  or: (scope, [a, b]) => scope.flavour.or(truthText(scope, a!), truthText(scope, b!)),
  not: (scope, [a]) => scope.flavour.not(truthText(scope, a!)),
};

const infix =
  (sign: string): Call =>
  (scope, [a, b]) =>
    `(${realText(scope, a!)} ${sign} ${realText(scope, b!)})`;

const prefix =
  (name: string): Call =>
  (scope, operands) =>
    `rn_${name}${scope.flavour.ending}(${operands.map((operand) => realText(scope, operand)).join(", ")})`;

const elementary =
  (name: Elementary): Call =>
  (scope, operands) => {
    scope.called.elementary.add(name);
    return prefix(name)(scope, operands);
  };

const truth =
  (name: Truth): Call =>
  (scope, operands) =>
    `rn_one_if${scope.flavour.ending}(${truths[name](scope, operands)})`;

const power: Call = (scope, operands) => {
  const exponent = operands[1];
  if (exponent?.tag !== "number" || !isWholePower(exponent.value)) return elementary("pow")(scope, operands);
  scope.called.powers.add(exponent.value);
  return `${wholePowerName(exponent.value)}${scope.flavour.ending}(${realText(scope, operands[0]!)})`;
};

/** Each function of a circuit as C. */
const calls: { readonly [P in Pointwise]: Call } = {
  neg: (scope, [a]) => `(-${realText(scope, a!)})`,
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  times: prefix("times"),
  div: infix("/"),
  pow: power,
  mod: elementary("mod"),
  exp: elementary("exp"),
  expm1: elementary("expm1"),
  log: elementary("log"),
  log1p: elementary("log1p"),
  sqrt: prefix("sqrt"),
  sin: elementary("sin"),
  cos: elementary("cos"),
  atan: elementary("atan"),
  erf: elementary("erf"),
  tanh: elementary("tanh"),
  sigmoid: elementary("sigmoid"),
  softplus: elementary("softplus"),
  min: prefix("min"),
  max: prefix("max"),
  less: truth("less"),
  lessEqual: truth("lessEqual"),
  equal: truth("equal"),
  not: truth("not"),
  and: truth("and"),
  or: truth("or"),
  select: (scope, [condition, a, b]) =>
    scope.flavour.choose(truthText(scope, condition!), realText(scope, a!), realText(scope, b!)),
  stop: (scope, [a]) => realText(scope, a!),
};

import type { Pointwise } from "../../../circuit/circuit.ts";
import { constant, type Scope, type Value } from "./scope.ts";
import { asReal, asTruth, pointwise, where } from "./tensors.ts";

type Rule = (scope: Scope, operands: ReadonlyArray<Value>, hint: string) => Value;

/** An operation of ONNX on real operands. */
const real =
  (type: string, kind: Value["kind"] = "real"): Rule =>
  (scope, operands, hint) =>
    pointwise(
      scope,
      type,
      operands.map((each) => asReal(scope, each)),
      kind,
      hint,
    );

const logical =
  (type: string): Rule =>
  (scope, operands, hint) =>
    pointwise(
      scope,
      type,
      operands.map((each) => asTruth(scope, each)),
      "truth",
      hint,
    );

const apply = (scope: Scope, type: string, ...operands: ReadonlyArray<Value>): Value =>
  real(type)(scope, operands, type);

/** tanh(x / 2) (exp(x) + 1), in which nothing cancels. */
const expm1: Rule = (scope, [x], hint) =>
  real("Mul")(
    scope,
    [
      apply(scope, "Tanh", apply(scope, "Mul", asReal(scope, x!), constant(scope, 0.5))),
      apply(scope, "Add", apply(scope, "Exp", x!), constant(scope, 1)),
    ],
    hint,
  );

/** log(u) x / (u - 1) with u = 1 + x, whose errors cancel (Kahan); x where u is 1, log(x) where the 1 is lost. */
const log1p: Rule = (scope, [given], hint) => {
  const x = asReal(scope, given!);
  const one = constant(scope, 1);
  const u = apply(scope, "Add", x, one);
  const ratio = apply(scope, "Div", x, apply(scope, "Sub", u, one));
  const corrected = apply(scope, "Mul", apply(scope, "Log", u), ratio);
  const isLost = pointwise(scope, "Equal", [u, one], "truth");
  const isGreat = pointwise(scope, "Greater", [x, constant(scope, 2 ** 60)], "truth");
  return where(scope, isLost, x, where(scope, isGreat, apply(scope, "Log", x), corrected), hint);
};

/** A product in which zero absorbs. */
const times: Rule = (scope, [x, z], hint) => {
  const zero = constant(scope, 0);
  const isZero = (of: Value): Value => pointwise(scope, "Equal", [asReal(scope, of), zero], "truth");
  const isEither = pointwise(scope, "Or", [isZero(x!), isZero(z!)], "truth");
  return where(scope, isEither, zero, apply(scope, "Mul", x!, z!), hint);
};

const mod: Rule = (scope, [x, z], hint) => {
  const wholes = apply(scope, "Floor", apply(scope, "Div", x!, z!));
  return real("Sub")(scope, [x!, apply(scope, "Mul", z!, wholes)], hint);
};

/** max(x, 0) + log1p(exp(-|x|)), which is what `Softplus` computes; ONNX Runtime has that in single precision alone. */
const softplus: Rule = (scope, [x], hint) => {
  if (scope.whole.element === "float") return real("Softplus")(scope, [x!], hint);
  const small = apply(scope, "Exp", apply(scope, "Neg", apply(scope, "Abs", x!)));
  return real("Add")(scope, [apply(scope, "Max", x!, constant(scope, 0)), log1p(scope, [small], hint)], hint);
};

/** Every function as operations of ONNX. */
export const functions: { readonly [P in Pointwise]: Rule } = {
  neg: real("Neg"),
  add: real("Add"),
  sub: real("Sub"),
  mul: real("Mul"),
  times,
  div: real("Div"),
  mod,
  pow: real("Pow"),
  exp: real("Exp"),
  expm1,
  log: real("Log"),
  log1p,
  sqrt: real("Sqrt"),
  sin: real("Sin"),
  cos: real("Cos"),
  atan: real("Atan"),
  erf: real("Erf"),
  tanh: real("Tanh"),
  sigmoid: real("Sigmoid"),
  softplus,
  min: real("Min"),
  max: real("Max"),
  less: real("Less", "truth"),
  lessEqual: real("LessOrEqual", "truth"),
  equal: real("Equal", "truth"),
  not: logical("Not"),
  and: logical("And"),
  or: logical("Or"),
  select: (scope, [condition, value, otherwise], hint) =>
    where(scope, asTruth(scope, condition!), value!, otherwise!, hint),
  stop: (_, [x]) => x!,
};

import type { Elementary, Pointwise } from "../../circuit/circuit.ts";
import { isWholePower, wholePower } from "../../elementary/whole-power.ts";
import { CompilerFault } from "../../fault.ts";
import type { Index, Scalar } from "../../loops/loops.ts";
import { variesWith } from "../vectorisable.ts";
import type { Code } from "./code.ts";
import { elementaryCode, elementaryFunction, isShort, termCode } from "./elementary.ts";
import { call, either, get, int, type Local, set } from "./frame.ts";
import { lanesOf } from "./lanes.ts";
import { scalarOperations } from "./scalar-operations.ts";
import { integerCode, type Scope } from "./scope.ts";
import { addressOf, indexVector, loadVector } from "./vector.ts";

/** The code of a number; in the loop of a vector, of the numbers of neighbouring turns. */
export const realCode = (scope: Scope, scalar: Scalar): Code => {
  const { operations, across } = scope;
  switch (scalar.tag) {
    case "number":
      return operations.constant(scalar.value);
    case "load":
      return across === undefined
        ? operations.load(addressOf(scope, scalar.buffer, scalar.index))
        : loadVector(scope, across, scalar.buffer, scalar.index);
    case "local":
      return localCode(scope, scalar.name);
    case "indexValue":
      return across === undefined
        ? lanesOf[scope.precision].fromInteger(integerCode(scope, scope.hoist.integer(scalar.index)))
        : indexVector(scope, across, scalar.index);
    case "size":
      return spread(scope, lanesOf[scope.precision].fromInteger(integerCode(scope, scope.hoist.size(scalar.size))));
    case "length":
      return spread(scope, lanesOf[scope.precision].fromInteger(lengthCode(scope, scalar.table, scalar.index)));
    case "call":
      return calls[scalar.fn](scope, scalar.operands);
    case "choose":
      return scope.across === undefined || !variesWith(scope.across, scalar.condition)
        ? either(
            operations.type,
            truthCode(single(scope), scalar.condition),
            realCode(scope, scalar.then),
            realCode(scope, scalar.else),
          )
        : operations.select(
            truthCode(scope, scalar.condition),
            realCode(scope, scalar.then),
            realCode(scope, scalar.else),
          );
  }
};

/** The code of a truth, as the scope's operations have it. */
export const truthCode = (scope: Scope, scalar: Scalar): Code => {
  const { operations } = scope;
  if (scalar.tag === "call" && scalar.fn in truths) {
    return truths[scalar.fn as Truth](scope, scalar.operands);
  }
  return operations.notEqual(realCode(scope, scalar), operations.constant(0));
};

/** The entry of a table of lengths, an integer. */
export const lengthCode = (scope: Scope, table: number, index: Index): Code =>
  int.load(integerCode(scope, scope.hoist.address(scope.layout.table(table), index, 4)));

/** The scope for single numbers, in which only what the turns of a vector's loop share can be printed. */
const single = (scope: Scope): Scope => ({
  ...scope,
  operations: scalarOperations[scope.precision],
  across: undefined,
});

const spread = ({ across, precision }: Scope, value: Code): Code =>
  across === undefined ? value : lanesOf[precision].splat(value);

const localCode = (scope: Scope, name: string): Code => {
  const { reals, integers, precision } = scope;
  const local = reals.get(name);
  if (local?.type === "v128") return get(local);
  if (local !== undefined) return spread(scope, get(local));
  const integer = integers.get(name);
  if (integer === undefined) throw new CompilerFault("wasm", `no local ${name}`);
  return spread(scope, lanesOf[precision].fromInteger(get(integer)));
};

type Call = (scope: Scope, operands: ReadonlyArray<Scalar>) => Code;
type Truth = "less" | "lessEqual" | "equal" | "and" | "or" | "not";

const comparison =
  (name: "less" | "lessEqual" | "equal"): Call =>
  (scope, [a, b]) =>
    scope.operations[name](realCode(scope, a!), realCode(scope, b!));
const connective =
  (name: "and" | "or"): Call =>
  (scope, [a, b]) =>
    scope.operations[name](truthCode(scope, a!), truthCode(scope, b!));

const truths: { readonly [T in Truth]: Call } = {
  less: comparison("less"),
  lessEqual: comparison("lessEqual"),
  equal: comparison("equal"),
  and: connective("and"),
  or: connective("or"),
  not: (scope, [a]) => scope.operations.not(truthCode(scope, a!)),
};

const unary =
  (name: "neg" | "sqrt"): Call =>
  (scope, [a]) =>
    scope.operations[name](realCode(scope, a!));
const binary =
  (name: "add" | "sub" | "mul" | "div" | "min" | "max"): Call =>
  (scope, [a, b]) =>
    scope.operations[name](realCode(scope, a!), realCode(scope, b!));
const truth =
  (name: Truth): Call =>
  (scope, operands) =>
    scope.operations.fromTruth(truths[name](scope, operands));

const elementary =
  (name: Elementary): Call =>
  (scope, operands) => {
    const { operations, library, frame, choices } = scope;
    // In a loop of vectors a short one stands in place: engines then load its constants once, before the loop.
    if (isShort(name) && choices.isInPlace(scope)) {
      const { locals, code } = inLocals(scope, operands);
      return [code, elementaryCode(name, operations, frame, locals)];
    }
    const index = library.indexOf(`${name} ${operations.type}`, () => elementaryFunction(name, operations));
    return call(index, ...operands.map((operand) => realCode(scope, operand)));
  };

const inLocals = (
  scope: Scope,
  operands: ReadonlyArray<Scalar>,
): { readonly locals: ReadonlyArray<Local>; readonly code: Code } => {
  const locals = operands.map(() => scope.frame.local(scope.operations.type));
  return { locals, code: operands.map((operand, i) => set(locals[i]!, realCode(scope, operand))) };
};

const power: Call = (scope, operands) => {
  const exponent = operands[1];
  if (exponent?.tag !== "number" || !isWholePower(exponent.value)) return elementary("pow")(scope, operands);
  const { locals, code } = inLocals(scope, operands.slice(0, 1));
  return [code, termCode(wholePower(exponent.value), scope.operations, scope.frame, locals)];
};

const areAlike = (some: ReadonlyArray<Scalar>, others: ReadonlyArray<Scalar>): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

/** What a comparison chooses of the two that it compares is one instruction of vectors: the limit, or else the number. */
const selection = (scope: Scope, condition: Scalar, then: Scalar, otherwise: Scalar): Code => {
  const { operations } = scope;
  if (operations.shape === "vector" && condition.tag === "call" && condition.fn === "less") {
    const compared = areAlike(condition.operands, [then, otherwise]);
    if (compared) return operations.atMost(realCode(scope, otherwise), realCode(scope, then));
    const turned = areAlike(condition.operands, [otherwise, then]);
    if (turned) return operations.atLeast(realCode(scope, otherwise), realCode(scope, then));
  }
  return operations.select(truthCode(scope, condition), realCode(scope, then), realCode(scope, otherwise));
};

/** Each function of a circuit as WebAssembly. */
const calls: { readonly [P in Pointwise]: Call } = {
  neg: unary("neg"),
  add: binary("add"),
  sub: binary("sub"),
  mul: binary("mul"),
  times: (scope, operands) => {
    const { operations, frame } = scope;
    const [a, b] = operands.map((operand) => {
      const local = frame.local(operations.type);
      return { local, code: realCode(scope, operand), isZero: operations.equal(get(local), operations.constant(0)) };
    });
    return [
      set(a!.local, a!.code),
      set(b!.local, b!.code),
      operations.select(
        operations.or(a!.isZero, b!.isZero),
        operations.constant(0),
        operations.mul(get(a!.local), get(b!.local)),
      ),
    ];
  },
  div: binary("div"),
  pow: power,
  mod: elementary("mod"),
  exp: elementary("exp"),
  expm1: elementary("expm1"),
  log: elementary("log"),
  log1p: elementary("log1p"),
  sqrt: unary("sqrt"),
  sin: elementary("sin"),
  cos: elementary("cos"),
  atan: elementary("atan"),
  erf: elementary("erf"),
  tanh: elementary("tanh"),
  sigmoid: elementary("sigmoid"),
  softplus: elementary("softplus"),
  min: binary("min"),
  max: binary("max"),
  less: truth("less"),
  lessEqual: truth("lessEqual"),
  equal: truth("equal"),
  not: truth("not"),
  and: truth("and"),
  or: truth("or"),
  select: (scope, [condition, a, b]) => selection(scope, condition!, a!, b!),
  stop: (scope, [a]) => realCode(scope, a!),
};

import { arity, type Elementary } from "../../circuit/circuit.ts";
import { formats } from "../../elementary/format.ts";
import { functions } from "../../elementary/functions.ts";
import { isTruth, type Primitive, sharedTerms, type Term } from "../../elementary/term.ts";
import type { DefinedFunction } from "./assembler.ts";
import type { Code } from "./code.ts";
import { define, get, type Local, type Locals, set } from "./frame.ts";
import type { Operations } from "./operations.ts";
import { asDoubles } from "./wide.ts";

/** An elementary function of single numbers or of all numbers of vectors. */
export const elementaryFunction = (name: Elementary, operations: Operations): DefinedFunction =>
  define(
    { params: Array.from({ length: arity[name] }, () => operations.type), result: operations.type },
    (frame, ...operands) => elementaryCode(name, operations, frame, operands),
  );

/** The code of an elementary function where it stands, of local variables. */
export const elementaryCode = (
  name: Elementary,
  operations: Operations,
  frame: Locals,
  operands: ReadonlyArray<Local>,
): Code => {
  const { arithmetic, term } = functions[operations.precision][name];
  if (arithmetic === operations.precision) return termCode(term, operations, frame, operands);
  const { operations: wide, parts, joined } = asDoubles[operations.shape];
  const values = parts.map((part): readonly [Code, Local] => {
    const locals = operands.map(() => frame.local(wide.type));
    const result = frame.local(wide.type);
    const given = operands.map((operand, i) => set(locals[i]!, part(get(operand))));
    return [[given, set(result, termCode(term, wide, frame, locals))], result];
  });
  return [values.map(([code]) => code), joined(...values.map(([, result]) => get(result)))];
};

/** Whether a function is short enough to stand in place: in doubles it takes a vector of single numbers in two parts. */
export const isShort = (name: Elementary): boolean => functions.f32[name].arithmetic === "f32";

/** The code of a term in local variables. */
export const termCode = (term: Term, operations: Operations, frame: Locals, operands: ReadonlyArray<Local>): Code => {
  const primitives = primitivesOf(operations);
  const locals = new Map<Term, Local>();
  const code = (inner: Term): Code => {
    const local = locals.get(inner);
    return local === undefined ? spelled(inner) : get(local);
  };
  const spelled = (inner: Term): Code => {
    switch (inner.tag) {
      case "argument":
        return get(operands[inner.place]!);
      case "number":
        return operations.constant(inner.value);
      case "apply": {
        const [a, b, c] = inner.operands.map(code);
        return primitives[inner.primitive](a!, b!, c!);
      }
    }
  };
  const declarations = sharedTerms(term).map((shared) => {
    const value = spelled(shared);
    const local = frame.local(isTruth(shared) ? operations.truthType : operations.type);
    locals.set(shared, local);
    return set(local, value);
  });
  return [declarations, code(term)];
};

const primitivesOf = (operations: Operations): { readonly [P in Primitive]: (a: Code, b: Code, c: Code) => Code } => {
  const {
    add,
    sub,
    mul,
    div,
    neg,
    abs,
    less,
    equal,
    select,
    atMost,
    atLeast,
    copySign,
    single,
    bits,
    constant,
    precision,
  } = operations;
  const { significandBits, bias, halfRootBits, rounder } = formats[precision];
  const rounderBits = BigInt(bias + significandBits) << BigInt(significandBits);
  const halfBit = 1n << BigInt(significandBits - 1);
  const exponentBits = (x: Code): Code =>
    bits.shiftRight(bits.sub(bits.fromFloat(x), bits.constant(halfRootBits)), significandBits);
  return {
    add,
    sub,
    mul,
    div,
    neg,
    abs,
    less,
    equal,
    select,
    atMost,
    atLeast,
    copySign,
    single,
    // The lowest bits are the biased exponent.
    powerCounted: (counted) => bits.toFloat(bits.shiftLeft(bits.fromFloat(counted), significandBits)),
    // An integer becomes a number by adding it to the bits of one whose last place counts ones.
    exponentOf: (x) =>
      sub(bits.toFloat(bits.add(exponentBits(x), bits.constant(rounderBits | halfBit))), constant(rounder)),
    significandOf: (x) => bits.toFloat(bits.sub(bits.fromFloat(x), bits.shiftLeft(exponentBits(x), significandBits))),
  };
};

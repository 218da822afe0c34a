import type { Elementary } from "../../circuit/circuit.ts";
import { formats } from "../elementary/format.ts";
import { elementary } from "../elementary/functions.ts";
import { type Primitive, sharedTerms, type Term } from "../elementary/term.ts";
import type { DefinedFunction } from "./assembler.ts";
import type { Code } from "./code.ts";
import { define, type Frame, get, type Local, set } from "./frame.ts";
import type { Operations } from "./operations.ts";

/** An elementary function of a single number or of all numbers of a vector. */
export const elementaryFunction = (name: Elementary, operations: Operations): DefinedFunction =>
  define({ params: [operations.type], result: operations.type }, (frame, x) =>
    elementaryCode(name, operations, frame, x!),
  );

/** The code of an elementary function where it stands, of a local variable. */
export const elementaryCode = (name: Elementary, operations: Operations, frame: Frame, x: Local): Code => {
  const term = elementary(operations.precision)[name];
  const primitives = primitivesOf(operations);
  const locals = new Map<Term, Local>();
  const code = (inner: Term): Code => {
    const local = locals.get(inner);
    return local === undefined ? spelled(inner) : get(local);
  };
  const spelled = (inner: Term): Code => {
    switch (inner.tag) {
      case "argument":
        return get(x);
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

const isTruth = (term: Term): boolean =>
  term.tag === "apply" && (term.primitive === "less" || term.primitive === "equal");

const primitivesOf = (operations: Operations): { readonly [P in Primitive]: (a: Code, b: Code, c: Code) => Code } => {
  const { add, sub, mul, div, neg, abs, less, equal, select, atMost, atLeast, copySign, bits, constant, precision } =
    operations;
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
    // The lowest bits are the biased exponent.
    powerCounted: (counted) => bits.toFloat(bits.shiftLeft(bits.fromFloat(counted), significandBits)),
    // An integer becomes a number by adding it to the bits of one whose last place counts ones.
    exponentOf: (x) =>
      sub(bits.toFloat(bits.add(exponentBits(x), bits.constant(rounderBits | halfBit))), constant(rounder)),
    significandOf: (x) => bits.toFloat(bits.sub(bits.fromFloat(x), bits.shiftLeft(exponentBits(x), significandBits))),
  };
};

import type { Builder } from "../circuit/build.ts";
import type { NodeId, Pointwise } from "../circuit/circuit.ts";

/** An expression with variables: the side of a law. A `scalar` stands for constants only. */
export type Term =
  | { readonly tag: "variable"; readonly name: string }
  | { readonly tag: "scalar"; readonly name: string }
  | { readonly tag: "number"; readonly value: number }
  | { readonly tag: "apply"; readonly fn: Pointwise; readonly operands: ReadonlyArray<Term> };

/** Two terms of equal value. Read from left to right, it makes a circuit simpler, cheaper or more exact. */
export interface Law {
  readonly name: string;
  readonly left: Term;
  readonly right: Term;
}

export const variable = (name: string): Term => ({ tag: "variable", name });
export const scalar = (name: string): Term => ({ tag: "scalar", name });
export const number = (value: number): Term => ({ tag: "number", value });
export const apply = (fn: Pointwise, ...operands: ReadonlyArray<Term>): Term => ({ tag: "apply", fn, operands });
export const law = (name: string, left: Term, right: Term): Law => ({ name, left, right });

export type Bindings = Readonly<Record<string, NodeId>>;

/** What the variables of a term stand for if it is to mean this node. Operands of commutative functions match in any order. */
export const bindingsOf = (b: Builder, term: Term, id: NodeId, bound: Bindings = {}): Bindings | undefined => {
  const { op, inputs } = b.node(id);
  switch (term.tag) {
    case "variable":
      return bind(bound, term.name, id);
    case "scalar":
      return op.tag === "constant" ? bind(bound, term.name, id) : undefined;
    case "number":
      return op.tag === "constant" && op.value === term.value ? bound : undefined;
    case "apply": {
      if (op.tag !== "map" || op.fn !== term.fn) return undefined;
      const straight = bindAll(b, term.operands, inputs, bound);
      return straight ?? (commutes[op.fn] ? bindAll(b, term.operands, inputs.toReversed(), bound) : undefined);
    }
  }
};

/** The node that a term means. */
export const instance = (b: Builder, term: Term, bound: Bindings): NodeId => {
  switch (term.tag) {
    case "variable":
    case "scalar":
      return bound[term.name]!;
    case "number":
      return b.constant(term.value);
    case "apply":
      return b.map(term.fn, ...term.operands.map((operand) => instance(b, operand, bound)));
  }
};

const bind = (bound: Bindings, name: string, id: NodeId): Bindings | undefined =>
  bound[name] === undefined ? { ...bound, [name]: id } : bound[name] === id ? bound : undefined;

const bindAll = (
  b: Builder,
  terms: ReadonlyArray<Term>,
  ids: ReadonlyArray<NodeId>,
  bound: Bindings,
): Bindings | undefined =>
  terms.reduce<Bindings | undefined>(
    (soFar, term, i) => (soFar === undefined ? undefined : bindingsOf(b, term, ids[i]!, soFar)),
    bound,
  );

/** The functions that do not tell their operands apart. */
const commutes: { readonly [P in Pointwise]: boolean } = {
  neg: false,
  add: true,
  sub: false,
  mul: true,
  times: true,
  div: false,
  pow: false,
  mod: false,
  exp: false,
  expm1: false,
  log: false,
  log1p: false,
  sqrt: false,
  sin: false,
  cos: false,
  atan: false,
  erf: false,
  tanh: false,
  sigmoid: false,
  softplus: false,
  min: true,
  max: true,
  less: false,
  lessEqual: false,
  equal: true,
  not: false,
  and: true,
  or: true,
  select: false,
  stop: false,
};

import type { BufferId, Index } from "../loops/loops.ts";
import { fixed, type Size, times } from "../loops/size.ts";

/**
 * Index arithmetic, taken out of inner loops: the part of an index that an outer loop fixes is a constant of that
 * loop's body, named once however often it is used. Every back end prints loops with the help of one of these for each
 * body, and declares its constants at the body's head.
 */
export interface Hoist {
  /** What a loop body inside this one names. */
  readonly inside: (variable: string) => Hoist;
  /** What must be declared at the head of this body, in this order; ask when its loops are printed. */
  readonly constants: () => ReadonlyArray<Constant>;
  /** Where an element stands: the start of its buffer, and its index times `unit`, the distance of two elements. */
  readonly address: (buffer: BufferId, index: Index, unit: number) => Integer;
  readonly integer: (index: Index) => Integer;
  readonly size: (size: Size, unit?: number) => Integer;
}

/** An integer of loop variables, constants, run-time dimensions and the starts of buffers. */
export type Integer =
  | { readonly tag: "fixed"; readonly value: number }
  | { readonly tag: "dimension"; readonly dimension: number }
  | { readonly tag: "start"; readonly buffer: BufferId }
  | { readonly tag: "name"; readonly name: string }
  | { readonly tag: "sum"; readonly terms: ReadonlyArray<Integer> }
  | { readonly tag: "product"; readonly factors: ReadonlyArray<Integer> };

export interface Constant {
  readonly name: string;
  readonly value: Integer;
}

/** The body of a whole block, inside no loop. */
export const newHoist = (isNamed: typeof isWorthAName): Hoist => {
  let count = 0;
  return hoistIn([], () => `x${count++}`, isNamed);
};

export const isWorthAName = ({ tag }: Integer): boolean => tag !== "fixed" && tag !== "name";

/** An integer as text, in JavaScript; equal integers have equal texts. */
export const integerText = (integer: Integer): string => {
  switch (integer.tag) {
    case "fixed":
      return String(integer.value);
    case "dimension":
      return `d[${integer.dimension}]`;
    case "start":
      return `o[${integer.buffer}]`;
    case "name":
      return integer.name;
    case "sum":
      return integer.terms.map(integerText).join(" + ");
    case "product":
      return integer.factors.map(integerText).join(" * ");
  }
};

interface Body {
  readonly variable: string | undefined;
  /** By their text. */
  readonly constants: Map<string, Constant>;
}

const hoistIn = (
  outer: ReadonlyArray<Body>,
  fresh: () => string,
  isNamed: typeof isWorthAName,
  variable?: string,
): Hoist => {
  const body: Body = { variable, constants: new Map() };
  const bodies = [...outer, body];
  const root = bodies[0]!;

  const named = (at: Body, value: Integer): Integer => {
    if (!isNamed(value)) return value;
    const text = integerText(value);
    const constant = at.constants.get(text) ?? { name: fresh(), value };
    at.constants.set(text, constant);
    return { tag: "name", name: constant.name };
  };
  const size = (size: Size, unit = 1): Integer => named(root, monomial(times(size, fixed(unit))));
  const scaled = (name: string, stride: Size, unit: number): Integer =>
    product([{ tag: "name", name }, size(stride, unit)]);

  /** Adds up an index from the outermost body inwards; all but the innermost part become constants of their bodies. */
  const total = (start: ReadonlyArray<Integer>, { terms, constant }: Index, unit: number): Integer => {
    const head = [...start, ...constant.map((offset) => size(offset, unit))];
    const depths = bodies.map(({ variable: of }) => terms.filter((term) => term.variable === of));
    const deepest = depths.findLastIndex((own) => own.length > 0);
    const loose = terms.filter((term) => !bodies.some(({ variable: of }) => of === term.variable));
    const fixedPart = depths.reduce<Integer>((before, own, depth) => {
      if (depth > 0 && own.length === 0) return before;
      const parts = depth === 0 ? head : own.map((term) => scaled(term.variable, term.stride, unit));
      const next = sum([before, ...parts]);
      return depth === deepest && loose.length === 0 ? next : named(bodies[depth]!, next);
    }, zero);
    return sum([fixedPart, ...loose.map((term) => scaled(term.variable, term.stride, unit))]);
  };

  return {
    inside: (inner) => hoistIn(bodies, fresh, isNamed, inner),
    constants: () => [...body.constants.values()],
    address: (buffer, index, unit) => total([{ tag: "start", buffer }], index, unit),
    integer: (index) => total([], index, 1),
    size,
  };
};

const zero: Integer = { tag: "fixed", value: 0 };

const monomial = ({ factor, dims }: Size): Integer =>
  product([{ tag: "fixed", value: factor }, ...dims.map((d): Integer => ({ tag: "dimension", dimension: d }))]);

const sum = (terms: ReadonlyArray<Integer>): Integer => {
  const some = terms.filter((term) => term.tag !== "fixed" || term.value !== 0);
  return some.length > 1 ? { tag: "sum", terms: some } : (some[0] ?? zero);
};

const product = (factors: ReadonlyArray<Integer>): Integer => {
  if (factors.some((factor) => factor.tag === "fixed" && factor.value === 0)) return zero;
  const some = factors.filter((factor) => factor.tag !== "fixed" || factor.value !== 1);
  return some.length > 1 ? { tag: "product", factors: some } : (some[0] ?? { tag: "fixed", value: 1 });
};

import type { Extent, TimeAxis } from "../circuit/axis.ts";
import type { Position } from "../circuit/circuit.ts";
import type { Initialiser } from "../circuit/model.ts";
import type { Span } from "../syntax/span.ts";
import type { FunctionName } from "./functions.ts";
import type { Within } from "./problem.ts";

/**
 * A model with its cells expanded: equations over axes, every name resolved to the path of a variable.
 *
 * Invariant: a `read` names a variable of `variables` and has one place for each of that variable's axes.
 */
export interface System {
  readonly name: string;
  readonly span: Span;
  readonly axes: ReadonlyArray<TimeAxis>;
  /** By path, in the order of declaration. */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly outputs: ReadonlyArray<{ readonly name: string; readonly path: string; readonly span: Span }>;
  readonly minimized: ReadonlyArray<Term>;
  /** `axis i in 1..N until y[i] == eos`. */
  readonly endings: ReadonlyArray<Ending>;
  /** `when` and `reset`, those of cells within others first; they have had their effect once `withGates` has run. */
  readonly gates: ReadonlyArray<Gate>;
}

/** What stands behind an application: how much of their new values its states take, and where they begin anew. */
export interface Gate {
  /** Its variables stand within it. */
  readonly application: Within[number];
  /** The axes that the cell's letters stand for. */
  readonly letters: ReadonlyArray<TimeAxis>;
  readonly when?: GateValue;
  readonly reset?: GateValue;
  /** Where the application itself stands. */
  readonly within: Within;
  readonly span: Span;
}

/** A hidden variable, over the axes along which what is written varies. */
export interface GateValue {
  readonly path: string;
  readonly span: Span;
}

export interface Ending {
  readonly axis: TimeAxis;
  readonly path: string;
  readonly symbol: number;
  /** The names that stand for the symbol. */
  readonly origins: ReadonlyArray<Origin>;
  readonly span: Span;
}

export interface Variable {
  readonly path: string;
  /** As it is written where it is declared. */
  readonly name: string;
  /** Given by the user in the model itself, or made when a cell was applied. */
  readonly origin: "user" | "cell" | "hidden";
  /** In the order of the indices; the axes that ride along through a cell stand first. */
  readonly axes: ReadonlyArray<TimeAxis>;
  readonly type?: DeclaredType;
  readonly meaning: Meaning;
  readonly boundaries: ReadonlyArray<Boundary>;
  /** The applications of cells in which it stands. */
  readonly within: Within;
  readonly span: Span;
}

export type Meaning =
  | { readonly tag: "input" }
  /** `isListed`: the initialiser stands at the end of a list, for all that it names · `isFixed`: it is never trained. */
  | {
      readonly tag: "parameter";
      readonly initialiser?: Initialiser;
      readonly isListed: boolean;
      readonly isFixed: boolean;
    }
  | { readonly tag: "noise"; readonly distribution: "bernoulli" | "normal"; readonly parameter: number }
  | {
      readonly tag: "random";
      readonly family: Family;
      readonly arguments: ReadonlyArray<Term>;
      readonly weight?: Term;
      readonly span: Span;
    }
  | { readonly tag: "equation"; readonly value: Term }
  /** The `place`-th part of a vector that an equation splits. */
  | { readonly tag: "part"; readonly whole: string; readonly parts: ReadonlyArray<string>; readonly place: number };

export type Family = "categorical" | "bernoulli" | "normal";

export type DeclaredType =
  | { readonly tag: "real"; readonly sizes: ReadonlyArray<DeclaredSize>; readonly span: Span }
  | { readonly tag: "symbol"; readonly size: DeclaredSize; readonly span: Span }
  /** A whole number from 1 to the length of an axis. */
  | { readonly tag: "position"; readonly extent: Extent; readonly span: Span };

export interface DeclaredSize {
  readonly value: number;
  readonly span: Span;
}

/** The values of a variable outside an axis: `variable` is a hidden variable over the axes that `slots` leaves along. */
export interface Boundary {
  /** One for each axis of the bounded variable. */
  readonly slots: ReadonlyArray<BoundarySlot>;
  readonly variable: string;
  readonly given: Given;
  /** Whether it is computed from what would read it on an axis too short for a named position: it is then not read so. */
  readonly isCircular?: boolean;
  readonly span: Span;
}

/** How a boundary was stated, as it is written, and in which cells, the innermost first. */
export interface Given {
  readonly by: "with" | "statement";
  readonly origin: "user" | "cell";
  readonly written: string;
  readonly within: Within;
}

export type BoundarySlot =
  | { readonly tag: "along" }
  | { readonly tag: "outside" }
  | { readonly tag: "position"; readonly position: Position };

/** Where a variable is read along one of its axes: `by` positions before `axis`, or at one position. */
export type IndexPlace =
  | { readonly tag: "shift"; readonly axis: TimeAxis; readonly by: number }
  | { readonly tag: "at"; readonly position: Position };

export type Reduction = "sum" | "prod" | "mean" | "max" | "min" | "softmax" | "logsumexp";
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** A name that stands for a number known when compiling, where it is declared. */
export interface Origin {
  readonly name: string;
  readonly span: Span;
}

/** Which component, counted from 1: the same one everywhere, or `by` after the position along an axis. */
export type Component =
  | { readonly tag: "number"; readonly value: number; readonly origins: ReadonlyArray<Origin>; readonly span: Span }
  | {
      readonly tag: "axis";
      readonly axis: TimeAxis;
      readonly reversed: boolean;
      readonly by: number;
      readonly span: Span;
    };

/** An expression with every name resolved, cells expanded and static parts evaluated. */
export type Term =
  | {
      readonly tag: "number";
      readonly value: number;
      readonly origins?: ReadonlyArray<Origin>;
      readonly span: Span;
    }
  | {
      readonly tag: "read";
      readonly path: string;
      readonly places: ReadonlyArray<IndexPlace>;
      readonly span: Span;
    }
  /** The position along an axis; counted from the end in a cell that runs backward. */
  | { readonly tag: "position"; readonly axis: TimeAxis; readonly reversed: boolean; readonly span: Span }
  | { readonly tag: "length"; readonly axis: TimeAxis; readonly span: Span }
  /** The row, or the component, that a symbol names. */
  | { readonly tag: "lookup"; readonly table: Term; readonly symbol: Term; readonly span: Span }
  /** What `table` has at a computed position of the variable's `own` axis, read along one that nothing else binds. */
  | {
      readonly tag: "pick";
      readonly table: Term;
      readonly own: TimeAxis;
      readonly axis: TimeAxis;
      readonly place: Term;
      /** Of which variable. */
      readonly name: string;
      readonly span: Span;
    }
  | { readonly tag: "component"; readonly table: Term; readonly index: Component; readonly span: Span }
  /** A vector that is 1 at one component and 0 elsewhere. */
  | { readonly tag: "unit"; readonly index: Component; readonly span: Span }
  | { readonly tag: "call"; readonly fn: FunctionName; readonly operands: ReadonlyArray<Term>; readonly span: Span }
  | {
      readonly tag: "reduce";
      readonly fn: Reduction;
      readonly axes: ReadonlyArray<TimeAxis>;
      readonly operand: Term;
      readonly span: Span;
    }
  | { readonly tag: "product"; readonly left: Term; readonly right: Term; readonly span: Span }
  | { readonly tag: "transpose"; readonly operand: Term; readonly span: Span }
  | { readonly tag: "concat"; readonly parts: ReadonlyArray<Term>; readonly span: Span }
  | {
      readonly tag: "compare";
      readonly operator: Comparison;
      readonly left: Term;
      readonly right: Term;
      readonly span: Span;
    }
  | {
      readonly tag: "logic";
      readonly fn: "and" | "or" | "not";
      readonly operands: ReadonlyArray<Term>;
      readonly span: Span;
    }
  | { readonly tag: "choose"; readonly condition: Term; readonly then: Term; readonly else: Term; readonly span: Span }
  /** Of a family the member that the position along an axis of static size says: the first at 1. */
  | { readonly tag: "family"; readonly axis: TimeAxis; readonly members: ReadonlyArray<Term>; readonly span: Span }
  /** `mask` of what is next and the rest of what was last; nothing at all of what its share of is 0. */
  | { readonly tag: "mix"; readonly mask: Term; readonly next: Term; readonly last: Term; readonly span: Span }
  /** The derivative of a number by what is read. */
  | {
      readonly tag: "grad";
      readonly of: Term;
      readonly by: Extract<Term, { readonly tag: "read" | "wrong" }>;
      /** The variable whose boundary is read, and whose shape the derivative has: one number may bound all components. */
      readonly bounded?: string;
      readonly span: Span;
    }
  /** Stands for what was reported already, so that the rest can still be checked. */
  | { readonly tag: "wrong"; readonly span: Span };

import type { Pointwise } from "../circuit/circuit.ts";
import { fixed, type Size, times } from "./size.ts";

/**
 * The loop language: what a schedule is lowered to and the only thing that a back end sees.
 *
 * Values are real numbers in the buffers of one arena; loop variables and look-up positions are integers.
 */
export interface LoopProgram {
  /** The run-time lengths, in the order of the dims after the batch. */
  readonly lengths: ReadonlyArray<string>;
  readonly buffers: ReadonlyArray<Buffer>;
  /** By buffer, the number of the stretch of the arena that it stands in; buffers never needed at once may share one. */
  readonly homes: ReadonlyArray<number>;
  readonly leaves: ReadonlyArray<Slot>;
  readonly results: ReadonlyArray<Slot & { readonly role: string }>;
  /** Each block is a unit of its own: a scan, a nest, or a product. */
  readonly blocks: ReadonlyArray<Block>;
  /** Whether the caller says when it has put other parameters in their places: what is made of them then lasts (`hold`). */
  readonly holds?: true;
  /** The axis that passes take in segments: the dim of its extent, and the positions of a segment. */
  readonly segments?: { readonly dimension: number; readonly length: number };
}

/** A stretch of the arena: `rows` (with `front` and `back` more around them) times `rowSize` elements. */
export interface Buffer {
  readonly name: string;
  readonly rows: Size;
  readonly front: number;
  readonly back: number;
  readonly rowSize: Size;
  /** Each number takes two elements: in an arena of single precision it is one of double precision. */
  readonly isDouble?: true;
}

export type BufferId = number;

/** Where the caller's data or a result stands: a dense block over these axes, outermost first. */
export interface Slot {
  readonly kind: "parameter" | "input" | "result";
  readonly name: string;
  readonly buffer: BufferId;
  /** Where in the buffer it begins: the buffer may hold more values side by side. */
  readonly start: number;
  readonly axes: ReadonlyArray<{ readonly name: string; readonly extent: Size }>;
}

/** What stands together in the source of the generated code, with what it computes, for `show --view schedule`. */
export interface Block {
  readonly title: string;
  readonly body: ReadonlyArray<Loop>;
  /** The number of the statement that it is, if it is one alone; and of those that have joined its last loop. */
  readonly statement?: number;
  readonly joined?: ReadonlyArray<number>;
  /** The pass over segments that it belongs to: neighbours in the same pass are done in turn for each segment. */
  readonly pass?: Pass;
  /** The pass that it could be part of. */
  readonly phase?: number;
}

/** All that is computed segment by segment, from the first to the last one or back. The first block prepares a segment. */
export interface Pass {
  readonly number: number;
  readonly backwards: boolean;
}

/** Whether a pass runs from the last position to the first. */
export const isBackwards = (pass: number): boolean => pass % 2 === 1;

/** An integer that is affine in the loop variables. */
export interface Index {
  readonly terms: ReadonlyArray<{ readonly variable: string; readonly stride: Size }>;
  readonly constant: ReadonlyArray<Size>;
}

export type Loop =
  | {
      readonly tag: "for";
      readonly variable: string;
      readonly extent: Count;
      readonly descending: boolean;
      readonly body: ReadonlyArray<Loop>;
    }
  | {
      readonly tag: "if";
      readonly condition: Scalar;
      readonly then: ReadonlyArray<Loop>;
      readonly else: ReadonlyArray<Loop>;
    }
  | { readonly tag: "let"; readonly name: string; readonly value: Scalar }
  /** An integer read from a buffer (a symbol) or a table (a length), usable as a variable of an index. */
  | { readonly tag: "letInteger"; readonly name: string; readonly value: Scalar }
  | { readonly tag: "accumulator"; readonly name: string; readonly initial: number }
  | { readonly tag: "accumulate"; readonly name: string; readonly fn: "sum" | "max"; readonly value: Scalar }
  | {
      readonly tag: "store";
      readonly buffer: BufferId;
      readonly index: Index;
      readonly value: Scalar;
      readonly mode: "set" | "sum" | "max";
    }
  | Product;

export type For = Extract<Loop, { tag: "for" }>;

/** C[m,n] = (C[m,n] +) Σ_k A[m,k] B[k,n], each operand a strided view. */
export interface Product {
  readonly tag: "product";
  readonly left: View;
  readonly right: View;
  readonly result: View;
  readonly m: Dimension;
  readonly n: Dimension;
  readonly k: Dimension;
  readonly accumulate: boolean;
  /** Whether every sum must take its terms one after the other, whatever the extents: it may be taken in parts. */
  readonly inOrder: boolean;
  /** Whether the sums take their last term first. */
  readonly fromEnd: boolean;
}

export interface View {
  readonly buffer: BufferId;
  readonly index: Index;
}

/** One axis of a product and its stride in the operands that have it. */
export interface Dimension {
  readonly extent: Size;
  readonly left: Size;
  readonly right: Size;
  readonly result: Size;
}

/** How often a loop runs: a size, or a length read from the table of the example at hand. */
export type Count =
  | { readonly tag: "size"; readonly size: Size }
  | { readonly tag: "length"; readonly table: number; readonly index: Index };

export type Scalar =
  | { readonly tag: "number"; readonly value: number }
  | { readonly tag: "load"; readonly buffer: BufferId; readonly index: Index }
  | { readonly tag: "local"; readonly name: string }
  | { readonly tag: "indexValue"; readonly index: Index }
  | { readonly tag: "size"; readonly size: Size }
  /** The length of a run-time axis for one example. */
  | { readonly tag: "length"; readonly table: number; readonly index: Index }
  | { readonly tag: "call"; readonly fn: Pointwise; readonly operands: ReadonlyArray<Scalar> }
  /** Only the branch that is chosen is evaluated: its loads may be out of range otherwise. */
  | { readonly tag: "choose"; readonly condition: Scalar; readonly then: Scalar; readonly else: Scalar };

export const constantIndex: Index = { terms: [], constant: [] };

export const addIndex = (a: Index, b: Index): Index => ({
  terms: [...a.terms, ...b.terms],
  constant: [...a.constant, ...b.constant],
});

export const integer = (value: number): Index =>
  value === 0 ? constantIndex : { terms: [], constant: [fixed(value)] };

export const scaled = (index: Index, by: Size): Index => ({
  terms: index.terms.map(({ variable, stride }) => ({ variable, stride: times(stride, by) })),
  constant: index.constant.map((size) => times(size, by)),
});

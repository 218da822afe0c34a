import type { LoopProgram } from "../../loops/loops.ts";
import type { Size } from "../../loops/size.ts";
import type { Circuits } from "../../module/circuits.ts";
import type { Polynomial } from "../polynomial.ts";

/** A program of a compiled model. */
export type ProgramName = keyof Circuits;

/**
 * What a program does, in the order in which it does it. Formulas are polynomials in `dims`: the batch, then the greatest
 * of each run-time length.
 */
export interface ScheduleView {
  readonly model: string;
  readonly program: ProgramName;
  /** The names of the batch and of the run-time lengths in formulas, and of how long and how many segments are. */
  readonly dims: ReadonlyArray<string>;
  /** What is taken in segments: the dim of the extent, and how many positions a segment has. */
  readonly segments?: NonNullable<LoopProgram["segments"]>;
  readonly parts: ReadonlyArray<Part>;
  readonly buffers: ReadonlyArray<BufferView>;
  readonly work: Work;
  /** Of all buffers; those in one place take it once. */
  readonly bytes: Polynomial;
  /** How many parts run one after the other: what is left of the time if each part were done at once. */
  readonly span: Polynomial;
}

/** Operations, for sequences as long as the longest of the batch. */
export interface Work {
  /** Additions, multiplications, divisions, and choices of the greater or smaller. */
  readonly flops: Polynomial;
  /** Values of exp, log, tanh and the like. */
  readonly functions: Polynomial;
}

export type Part =
  /** Turn after turn along an axis; `work` is that of all turns. */
  | {
      readonly tag: "scan";
      readonly axis: string;
      readonly descending: boolean;
      readonly turns: Size;
      readonly parts: ReadonlyArray<Part>;
      readonly work: Work;
    }
  /** Steps that share their loops over these axes; within a scan, at one turn of it. */
  | {
      readonly tag: "map";
      readonly over: ReadonlyArray<string>;
      readonly steps: ReadonlyArray<Step>;
      readonly work: Work;
    }
  /** A step with loops of its own. */
  | { readonly tag: "alone"; readonly step: Step; readonly work: Work };

export interface Step {
  readonly kind: StepKind;
  /** What is computed, in the user's names: `a[t] = b + W s[t-1]`. */
  readonly formula: string;
  /** The axes of its value. */
  readonly over: ReadonlyArray<string>;
  /** The axes of the buffer that keeps its value; undefined where it is at hand only. */
  readonly kept: ReadonlyArray<string> | undefined;
  /** Of a matrix product: its rows, columns and terms of a sum, and how often it is taken. */
  readonly product?: { readonly m: Size; readonly n: Size; readonly k: Size; readonly times: Size };
  /**
   * Scans that it could stand in, but stands before or after, so that it is done for all turns at once; or after, as it
   * sums over the turns.
   */
  readonly hoisted: ReadonlyArray<{ readonly axis: string; readonly where: "before" | "after" | "summing" }>;
  /** Whether it adds up the turns of a scan in the scan. */
  readonly isTurnByTurn: boolean;
  /** Whether it is computed in the scan that reads it, so that its turns are not kept. */
  readonly isRecomputed: boolean;
  readonly work: Work;
}

/** A value at each position, a row picked by a symbol, rows added up by symbols, … */
export type StepKind = "map" | "lookup" | "scatter" | "product" | "sum" | "maximum" | "concat" | "boundary" | "result";

export interface BufferView {
  readonly name: string;
  readonly over: ReadonlyArray<string>;
  readonly bytes: Polynomial;
  /** Buffers of the same number stand in one place, one after the other. */
  readonly place: number;
}

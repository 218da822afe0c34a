import type { Values } from "./interface.ts";

/**
 * How one step of generating goes: the targets of a round are drawn from the distributions of a run that knows those of
 * the rounds before it. The new state then needs one more run (`again`), unless all that depends on a target just
 * drawn is a copy of it.
 */
export interface Generation {
  readonly rounds: ReadonlyArray<ReadonlyArray<string>>;
  readonly copies: ReadonlyArray<{ readonly state: string; readonly target: string }>;
  readonly again: boolean;
}

/** The programs of a module: `gradient` gives loss, gradients and states; what a model lacks is left out. */
export interface Programs {
  readonly forward: Program;
  readonly loss?: Program;
  readonly gradient?: Program;
  readonly start?: Program;
  readonly step?: Program;
  /** Many steps at once, in an arena of its own for whoever asks. */
  readonly process?: () => Program;
  /** One step of descent in place, if the model was compiled with an optimiser. */
  readonly train?: Program;
  /** The same along a gradient that is given. */
  readonly descend?: Program;
}

/**
 * One circuit compiled to a function over an arena: what a back end prints and the run time calls.
 * `dims` is [B, longest of each run-time length in the order of `lengths`].
 */
export interface Program {
  readonly lengths: ReadonlyArray<string>;
  /** Those of these lengths that no caller gives: how many blocks of `size` positions the longest sequence has. They have no tables. */
  readonly counted?: ReadonlyArray<{ readonly name: string; readonly of: string; readonly size: number }>;
  /** Of the leaves that are taken over from an earlier call those that are symbols: how many there are. */
  readonly symbols?: Readonly<Record<string, number>>;
  /** The offset in the arena of each buffer for these dims, and the number of elements the arena needs. */
  readonly plan: (dims: ReadonlyArray<number>) => { readonly offsets: ReadonlyArray<number>; readonly size: number };
  /** Where the program has a memory of its own: a view on it, in place of all earlier ones. */
  readonly arena?: (size: number) => Values;
  /** Where the caller's data goes before `run`: a contiguous block in the inside order of axes. */
  readonly leaves: ReadonlyArray<Slot & { readonly kind: "parameter" | "input" }>;
  /** Where the results stand after `run`. */
  readonly results: ReadonlyArray<
    Slot & {
      readonly role:
        | "output"
        | "loss"
        | "distribution"
        | "expected"
        | "gradient"
        | "state"
        | "update"
        | "norm"
        | "weight";
    }
  >;
  /**
   * Leaves every leaf as the caller put it, but for those that a result with role `update` replaces; needs nothing of
   * the arena but the leaves.
   * `tables[i]` holds the lengths named `lengths[i]`, one for each example (ragged: example-major).
   */
  readonly run: (
    arena: Values,
    tables: ReadonlyArray<Int32Array>,
    dims: ReadonlyArray<number>,
    offsets: ReadonlyArray<number>,
  ) => void;
  /** Of a program that makes something of parameters once for many runs: called whenever they, or the plan, have changed. */
  readonly hold?: Hold;
}

/** What is made of parameters before runs. */
type Hold = (arena: Values, dims: ReadonlyArray<number>, offsets: ReadonlyArray<number>) => void;

export interface Slot {
  readonly name: string;
  /** Index into `offsets`. */
  readonly buffer: number;
  /** Where in the buffer it begins, which may hold more: by default at its first position. */
  readonly start?: number;
  /** The extent of each axis, outermost first: a fixed size, "@batch", or the name of a run-time length. */
  readonly extents: ReadonlyArray<number | string>;
  /** The names of the time axes among them, "@batch", "" for components. */
  readonly axes: ReadonlyArray<string>;
}

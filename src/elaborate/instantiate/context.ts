import type { TimeAxis } from "../../circuit/axis.ts";
import type { Span } from "../../syntax/span.ts";
import type { Boundary, Expression } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import type { Known } from "../library.ts";
import type { NamedValue, Scope, StaticValue } from "../scope.ts";
import type { Term } from "../system.ts";
import type { Index } from "./position.ts";

/** Where an expression stands. */
export interface Context {
  readonly assembly: Assembly;
  readonly scope: Scope;
  readonly frame: Instance;
  /** The axes that are bound here: those of the left-hand side, then those that reductions bind. */
  readonly ambient: ReadonlyArray<TimeAxis>;
  /** The path from which a cell applied in place takes its own: the equation's variable. */
  readonly base: string;
  /** Expands an application; given from outside because cells and expressions contain each other. */
  readonly apply: Apply;
}

/** The model, or one application of a cell. */
export interface Instance {
  readonly origin: "user" | "cell";
  readonly statePrefix: string;
  readonly parameterPrefix: string;
  /** Whether an earlier application of the same instance declared the parameters. */
  readonly hasParameters: boolean;
  readonly riding: ReadonlyArray<TimeAxis>;
  /** Keys of the axes that run from their end here. */
  readonly reversed: ReadonlySet<string>;
  /** Inside of what `when` or `reset` stands behind: the axes along which these vary. */
  readonly gated?: ReadonlyArray<TimeAxis>;
  /** The cells being expanded, outermost first. */
  readonly within: ReadonlyArray<string>;
}

export interface Application {
  readonly callee: Callee;
  readonly arguments: ReadonlyArray<Expression>;
  readonly backward: boolean;
  readonly overrides: ReadonlyArray<Override>;
  readonly gates?: Gates;
  readonly span: Span;
}

/** What stands behind `when` and `reset`. */
export interface Gates {
  readonly when?: Expression;
  readonly reset?: Expression;
}

/** A cell with its static parameters, or a function (which has none). */
export interface Callee {
  readonly known: Known;
  readonly statics: ReadonlyArray<StaticValue>;
  readonly named?: ReadonlyArray<NamedValue>;
  /** Where the static parameters stand. */
  readonly given?: ReadonlyArray<Span>;
  readonly path?: string;
}

/** A boundary given from outside the cell. */
export interface Override extends Boundary {
  /** For the caller's `result`-th name; otherwise in the cell's own words. */
  readonly result?: number;
  /** Where the caller states it apart, of a variable of the caller's: its positions. */
  readonly indices?: ReadonlyArray<Index>;
  /** What the names of its value mean. */
  readonly scope: Scope;
}

/** One term for each result; undefined if the problem is reported. */
export type Apply = (context: Context, application: Application) => ReadonlyArray<Term> | undefined;

export const pathIn = (prefix: string, name: string): string => (prefix === "" ? name : `${prefix}.${name}`);

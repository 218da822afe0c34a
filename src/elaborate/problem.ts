import type { GivenFunction } from "../circuit/model.ts";
import type { Label } from "../syntax/diagnostic.ts";
import type { Span } from "../syntax/span.ts";

/** Every way a parsed program can be wrong. Facts only: the wording stands in `explain.ts`. */
export type Problem = At &
  /** `standard`: a cell of that name is in the standard library. */
  (
    | {
        readonly tag: "unknownName";
        readonly name: string;
        readonly known: ReadonlyArray<string>;
        readonly standard?: boolean;
        /** The static parameter that was given it when compiling, and what it is unless it is given. */
        readonly setTo?: { readonly parameter: string; readonly usual: string | undefined };
      }
    /** `what`: of which there are two, where it is no definition. */
    | { readonly tag: "definedTwice"; readonly name: string; readonly first: Span; readonly what?: string }
    | { readonly tag: "noModel"; readonly wanted?: string; readonly known: ReadonlyArray<string> }
    | {
        readonly tag: "missingImport";
        readonly name: string;
        readonly from: string;
        readonly known: ReadonlyArray<string>;
      }
    | { readonly tag: "unreadableImport"; readonly from: string; readonly reason: string }
    | { readonly tag: "staticMissing"; readonly name: string; readonly owner: string }
    /** `owner`: the cell, where it is not the model. */
    | {
        readonly tag: "staticUnknown";
        readonly name: string;
        readonly known: ReadonlyArray<string>;
        readonly owner?: string;
      }
    /**
     * `others`: the static parameters of that cell for which what was given would do; `given`: what was, when compiling, and
     * what it is unless it is given.
     */
    | {
        readonly tag: "staticKind";
        readonly name: string;
        readonly owner: string;
        readonly wantsNumber: boolean;
        readonly others: ReadonlyArray<string>;
        readonly given?: { readonly value: string; readonly usual: string };
      }
    | { readonly tag: "namedArgument" }
    | { readonly tag: "notStatic"; readonly expected: string }
    | { readonly tag: "badSize"; readonly value: number }
    | { readonly tag: "tooLarge"; readonly what: string; readonly size: number; readonly limit: number }
    /** `meant`: what may have been meant by a call. */
    | {
        readonly tag: "indexCount";
        readonly name: string;
        readonly expected: number;
        readonly found: number;
        readonly meant?: string;
      }
    | { readonly tag: "notAnIndex"; readonly known: ReadonlyArray<string> }
    /** `reduced`: the reduction of components that stands around it, if one does. */
    | {
        readonly tag: "unboundIndex";
        readonly axis: string;
        readonly over: ReadonlyArray<string>;
        readonly reduced?: string;
      }
    | { readonly tag: "otherExtent"; readonly axis: string; readonly own: string; readonly name: string }
    | { readonly tag: "notAValue"; readonly name: string; readonly kind: string }
    /** `isBackward`: what has no axis to run along from its end. */
    | { readonly tag: "notAFunction"; readonly isBackward?: boolean }
    | { readonly tag: "argumentCount"; readonly name: string; readonly expected: string; readonly found: number }
    | { readonly tag: "noAxisForCell"; readonly cell: string; readonly letter: string }
    | { readonly tag: "resultCount"; readonly expected: number; readonly found: number }
    | { readonly tag: "endlessCell"; readonly cell: string }
    | { readonly tag: "badOverride"; readonly name: string; readonly known: ReadonlyArray<string> }
    | { readonly tag: "unreadBoundary"; readonly name: string }
    | { readonly tag: "badBoundary"; readonly name: string }
    /** Of `size` components those from `first` to `last` are counted; without a last one, as many as a length says. */
    | {
        readonly tag: "noComponent";
        readonly axis?: string;
        readonly first: number;
        readonly last?: number;
        readonly size?: number;
      }
    /** `uses`: where the name is a symbol · `instead`: a variable that is this symbol. */
    | {
        readonly tag: "symbolCounted";
        readonly name: string;
        readonly uses: ReadonlyArray<Span>;
        readonly instead?: string;
      }
    /** Of `size` symbols; without one, no symbol at all. */
    | { readonly tag: "noSymbol"; readonly symbol?: number; readonly size: number }
    /** A constant of a distribution that no distribution has. */
    /** A computed position that lies outside its axis, with what is known of it when compiling. */
    | {
        readonly tag: "noPosition";
        readonly name: string;
        readonly axis: string;
        readonly least?: number;
        readonly most?: number;
        readonly size?: number;
      }
    /** An index that is computed from values. */
    | { readonly tag: "notAPosition"; readonly name: string }
    /** A parameter for each position of an axis whose length is known at run time alone. */
    | { readonly tag: "endlessParameter"; readonly name: string; readonly axis: string }
    | { readonly tag: "impossible"; readonly what: string; readonly found: number; readonly expected: string }
    | { readonly tag: "badGate"; readonly word: "when" | "reset"; readonly fault: GateFault }
    | { readonly tag: "badInitialiser" }
    /** What a function of whole numbers is given: what it divides, or what it divides it by. */
    | { readonly tag: "notCounted"; readonly name: string; readonly isDivisor: boolean }
    | { readonly tag: "badDistribution"; readonly name: string; readonly known: ReadonlyArray<string> }
    | {
        readonly tag: "shapes";
        readonly rule: string;
        readonly expected?: string;
        readonly operands: ReadonlyArray<Operand>;
        readonly meant?: ReadonlyArray<string>;
      }
    | { readonly tag: "undetermined"; readonly name: string; readonly found: string }
    | { readonly tag: "noDefinition"; readonly name: string }
    /**
     * `written`: the boundary in the words of the cell that it is missing in · `corner`: it with `_` for its further axes ·
     * `argument`: the variable with its letters, where the cell was given it.
     */
    | {
        readonly tag: "missingBoundary";
        readonly name: string;
        readonly boundary: string;
        readonly written: string;
        readonly isSymbol: boolean;
        readonly corner?: string;
        readonly argument?: string;
      }
    | { readonly tag: "cycle"; readonly steps: ReadonlyArray<Label> }
    | {
        readonly tag: "pastAndFuture";
        readonly name: string;
        readonly axis: string;
        readonly steps: ReadonlyArray<Label>;
      }
    /** `isTorn`: it stands elsewhere both along an axis of what is differentiated and along another. */
    | { readonly tag: "derivativeBy"; readonly isTorn?: boolean }
    | { readonly tag: "derivativeAxes"; readonly by: Span; readonly axes: ReadonlyArray<string> }
    /** `at`: the variable in which other positions are looked at, where it has a name. */
    | {
        readonly tag: "derivativePath";
        readonly axis: string;
        readonly at?: Label;
        readonly isDelay: boolean;
      }
    /** A warning: what is differentiated does not depend on what it is differentiated by. */
    | { readonly tag: "derivativeZero" }
    | { readonly tag: "ragged"; readonly axis: string; readonly outer: string; readonly length: string }
    | { readonly tag: "notSummed"; readonly axes: ReadonlyArray<string> }
    | { readonly tag: "unsupported"; readonly what: string; readonly hint?: string }
    | { readonly tag: "unused"; readonly name: string; readonly kind: string }
    | { readonly tag: "noResult"; readonly name: string }
    /** It has the constant from the end of a list that names it. */
    | { readonly tag: "constantMatrix"; readonly name: string; readonly shape: string; readonly value: number }
    /** An index is compared with a position before or after all of its own. */
    | { readonly tag: "beyondAxis"; readonly name: string; readonly side: "before" | "after"; readonly isTrue: boolean }
  );

/** Why `when` or `reset` cannot stand behind what it stands behind. */
export type GateFault =
  | { readonly tag: "noCell" }
  | { readonly tag: "noState"; readonly cell: string }
  /** A state is read so many positions back. */
  | { readonly tag: "far"; readonly name: string; readonly back: number }
  | { readonly tag: "bothWays"; readonly name: string; readonly axis: string }
  | { readonly tag: "severalAxes"; readonly cell: string; readonly axes: ReadonlyArray<string> }
  /** The mask varies along an axis, the state does not. */
  | { readonly tag: "otherAxis"; readonly name: string; readonly axis: string };

interface At {
  readonly span: Span;
  /** The applications of cells through which it was reached, the innermost first. */
  readonly within?: Within;
}

/** Applications of cells, the innermost first. */
export type Within = ReadonlyArray<{ readonly cell: string; readonly span: Span; readonly inside: Inside }>;

/** What a cell's own text says for what the model has once the cell is applied. */
export interface Inside {
  /** Its variables' paths begin with one of these. */
  readonly prefixes: ReadonlyArray<string>;
  /** The axes, by key, that ride along: its text does not name them. */
  readonly riding: ReadonlySet<string>;
  /** The axes, by key, that it runs along from the end. */
  readonly reversed: ReadonlySet<string>;
  /** Its letters, by the key of the axis that they stand for. */
  readonly letters: ReadonlyMap<string, string>;
  /** Its static parameters that are functions. */
  readonly functions: Readonly<Record<string, GivenFunction>>;
}

/** A variable's path as its name in the cell that was applied last. */
export const writtenName = (path: string, [innermost]: Within = []): string => {
  const prefix = innermost?.inside.prefixes.find((candidate) => path.startsWith(`${candidate}.`));
  return prefix === undefined ? path : path.slice(prefix.length + 1);
};

/** One side of a shape that does not fit: where, what shape, and where its sizes came from. */
export interface Operand {
  readonly span: Span;
  readonly shape: string;
  readonly origins: ReadonlyArray<Label>;
}

export type Report = (problem: Problem) => void;

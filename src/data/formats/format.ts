import type * as E from "fp-ts/lib/Either.js";
import type { Fields } from "../record.ts";
import type { Cut } from "./cut.ts";

/** How files of one kind hold records. What reads a record sees its text alone, so that no file need fit into memory. */
export interface Format {
  readonly description: string;
  /** What one record takes. */
  readonly cut: Cut;
  /** Whether the first record names the fields, unless they are named otherwise. */
  readonly hasHeader: boolean;
  /** Whether each record names its fields, or they have names that never change: `--columns` says nothing of them. */
  readonly hasOwnNames: boolean;
  /** Whether numbers are told from texts. */
  readonly isTyped?: true;
  /** `names` are those of the fields, where the header or `--columns` gives them. */
  readonly read: (text: string, names: ReadonlyArray<string> | undefined, style: Style) => E.Either<Misread, Read>;
  readonly styleOf?: (header: string) => Style;
  /** Whether a record of which every line begins with `#` holds nothing but comments. */
  readonly isComment?: (text: string, names: ReadonlyArray<string> | undefined, style: Style) => boolean;
}

/** A record's fields, and of rows on lines of their own how many lines after its first each stands. */
export interface Read {
  readonly fields: Fields;
  readonly lines?: ReadonlyArray<number>;
}

/** What is wrong in a record, and how many lines after its first. */
export interface Misread {
  readonly problem: string;
  readonly after: number;
}

export const atFirst = (problem: string): Misread => ({ problem, after: 0 });

/** What the first record of a file tells of those that follow. */
export interface Style {
  readonly delimiter?: string;
  /** How many columns there are. */
  readonly width?: number;
}

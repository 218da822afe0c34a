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
  /** Whether numbers are told from texts. */
  readonly isTyped?: true;
  /** `names` are those of the fields, where the header or `--columns` gives them. */
  readonly read: (text: string, names: ReadonlyArray<string> | undefined, style: Style) => E.Either<string, Fields>;
  readonly styleOf?: (header: string) => Style;
}

/** What the first line of a file tells of those that follow. */
export interface Style {
  readonly delimiter?: string;
}

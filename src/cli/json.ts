import type { Diagnostic, Label } from "../syntax/diagnostic.ts";
import { lineColumn } from "../syntax/position.ts";

/** The one document that `--json` has a command write to standard output. */
export const document = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A place as people and editors count: lines and columns from 1, the end exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A diagnostic for programs to read: where it went wrong, and each of its labels with a place of its own. */
export interface LocatedDiagnostic extends Omit<Diagnostic, "labels">, Place {
  readonly labels: ReadonlyArray<Place & Label>;
}

/** `textOf` gives the text of each file that is spoken of. */
export const located =
  (textOf: (file: string) => string) =>
  ({ labels, code, severity, title, message, ...rest }: Diagnostic): LocatedDiagnostic => ({
    code,
    severity,
    ...placeOf(textOf, labels[0]),
    title,
    message,
    ...rest,
    labels: labels.map((label) => ({ ...placeOf(textOf, label), ...label })),
  });

const placeOf = (textOf: (file: string) => string, { span: { file, start, end } }: Label): Place => {
  const text = textOf(file);
  const [from, to] = [lineColumn(text, start), lineColumn(text, end)];
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
};

import picocolors from "picocolors";
import type { Diagnostic, Label } from "./diagnostic.ts";
import { displayed } from "./display.ts";
import { excerpt } from "./excerpt.ts";
import { lineColumn } from "./position.ts";

/**
 * A diagnostic for people to read: its title and code, the place, the sentence, the lines with what is wrong
 * underlined, and the hint. `source` is the text of the file, or gives that of each file.
 */
export const report =
  (source: string | ((file: string) => string), colour: boolean) =>
  ({ code, severity, title, message, labels, hint, further }: Diagnostic): string => {
    const paint = picocolors.createColors(colour);
    const strong = severity === "error" ? paint.red : paint.yellow;
    const textOf = typeof source === "string" ? () => source : source;
    const place = ({ span: { file, start } }: Label): string => {
      const { line, column } = lineColumn(textOf(file), start);
      return paint.cyan(`  --> ${displayed(file)}:${line}:${column}`);
    };
    const main = labels[0];
    const files = [...new Set(labels.map(({ span }) => span.file))];
    const excerpts = files.map((file) => {
      const here = labels.filter(({ span }) => span.file === file);
      const lines = excerpt(textOf(file), here, main, { strong, faint: paint.dim });
      return [...(file === main.span.file ? [] : [place(here[0]!)]), ...lines].join("\n");
    });
    return [
      `${strong(paint.bold(`${severity}[${code}]`))}${paint.bold(`: ${displayed(title)}`)}\n${place(main)}`,
      displayed(message),
      ...excerpts,
      ...(hint === undefined ? [] : [`${paint.green("hint:")} ${displayed(hint)}`]),
      ...(further === undefined ? [] : [`There ${further === 1 ? "is 1 more" : `are ${further} more`}.`]),
    ].join("\n\n");
  };

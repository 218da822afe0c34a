import type { Diagnostic } from "../../../src/syntax/diagnostic.ts";
import { withGivenStatics } from "../../../src/syntax/given-static.ts";
import { lineColumn } from "../../../src/syntax/position.ts";
import { programFile } from "../program.ts";
import type { Message } from "../protocol.ts";

/** A diagnostic as the page shows it. */
export const messageOf =
  (source: string) =>
  ({ severity, code, title, message, hint, labels, further }: Diagnostic): Message => {
    const more = further === undefined ? "" : ` There ${further === 1 ? "is 1 more" : `are ${further} more`}.`;
    const own = labels.filter(({ span }) => span.file === programFile);
    return {
      severity,
      code,
      title,
      text: `${message}${more}`,
      hint: hint === undefined ? null : withGivenStatics(hint, (assignment) => `\`${assignment}\` under “sizes”`),
      line: own[0] === undefined ? 1 : lineColumn(source, own[0].span.start).line,
      marks: own.map(({ span, text }) => ({ from: span.start, to: span.end, text })),
    };
  };

import type { Raised } from "../export/verify/answers.ts";

/** What a user's Python raised, and where in the file: no words of Python's or ours around it. */
export const raisedText = (file: string, raised: Raised): string => printable(inPlace(file, raised));

const inPlace = (file: string, { text, line, within, code }: Raised): string => {
  const said = text.replace(/\.$/, "");
  if (line === undefined || line === null) return `${file}: ${said}`;
  const place = `${file}, line ${line}${within === undefined || within === "<module>" ? "" : `, in ${within}`}`;
  return `${place}${code === undefined || code === "" ? "" : ` (\`${code}\`)`}: ${said}`;
};

/** What would move a terminal's cursor, or colour what comes after it, as it is written in a text of Python. */
const printable = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (sign) => names[sign] ?? `\\u${sign.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );

const names: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\x1b" };

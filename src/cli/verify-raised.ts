import type { Raised } from "../export/verify/answers.ts";

/** What a user's Python raised, and where in the file: no words of Python's or ours around it. */
export const raisedText = (file: string, { text, line, within, code }: Raised): string => {
  const said = text.replace(/\.$/, "");
  if (line === undefined || line === null) return `${file}: ${said}`;
  const place = `${file}, line ${line}${within === undefined || within === "<module>" ? "" : `, in ${within}`}`;
  return `${place}${code === undefined || code === "" ? "" : ` (\`${code}\`)`}: ${said}`;
};

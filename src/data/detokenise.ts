/**
 * Joins tokens to a sentence as it is printed: no space before closing punctuation or after opening brackets, `` and ''
 * as plain quotation marks, and the doubled marks of the Brown corpus (`? ?`) written once.
 */
export const detokenise = (tokens: ReadonlyArray<string>): string =>
  tokens
    .filter((token, i) => !(doubled.has(token) && tokens[i - 1] === token))
    .map((token, i, all) => (i > 0 && spaceBetween(all[i - 1]!, token) ? " " : "") + (quotes[token] ?? token))
    .join("");

const quotes: Readonly<Record<string, string>> = { "``": '"', "''": '"' };
const doubled: ReadonlySet<string> = new Set(["?", "!", ";"]);
const closing: ReadonlySet<string> = new Set([".", ",", ";", ":", "?", "!", ")", "]", "''", "'"]);
const opening: ReadonlySet<string> = new Set(["(", "[", "``"]);

const spaceBetween = (left: string, right: string): boolean => !opening.has(left) && !closing.has(right);

import { greekLetters } from "../../greek.ts";

/** Characters that TeX gives a meaning to; what cannot be seen is left out. */
export const escapeLatex = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, "").replaceAll(/[\\{}$&#_%~^]/g, (character) => escapes[character] ?? `\\${character}`);

const escapes: Readonly<Record<string, string>> = { "\\": "\\backslash ", "~": "\\sim ", "^": "\\hat{} " };

/** What one sign stands for: Greek letters, and what is no number. */
const signs: ReadonlyMap<string, string> = new Map([
  ...greekLetters.map(([sign, word]) => [sign, `\\${word}`] as const),
  ["∞", "\\infty"],
  ["-∞", "-\\infty"],
]);

/** What a name stands for: Greek letters, vectors of ones. */
const named: ReadonlyMap<string, string> = new Map([
  ...greekLetters.map(([, word]) => [word, `\\${word}`] as const),
  ["ones", "\\mathbf{1}"],
  ["ell", "\\ell"],
]);

/** A single letter, by its sign or by its name. */
export const letterOf = (word: string): string | undefined =>
  signs.get(word) ?? named.get(word) ?? (/^\p{L}$/u.test(word) ? word : undefined);

/** A word as it stands, upright where it has several letters. */
export const upright = (word: string): string =>
  signs.get(word) ?? (/^(\p{L}|\d+)$/u.test(word) ? word : `\\mathrm{${escapeLatex(word)}}`);

import type { Tokens } from "./coding.ts";

/** Words with what stands inside them, numbers, and every other sign by itself. */
const word = /\p{L}[\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}]+)*|\p{N}+(?:[.,]\p{N}+)*|\n|[^\s]/gu;

/** The tokens of a text; a character is a code point. */
export const tokensOf = (tokens: Tokens, isLower: boolean, text: string): ReadonlyArray<string> => {
  const shown = isLower ? text.toLowerCase() : text;
  return tokens === "chars" ? Array.from(shown) : (shown.match(word) ?? []);
};

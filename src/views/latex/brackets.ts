/** Where a line may be broken; in no name, and gone from what is printed. */
export const breakMark = "\u0001";

export const withoutBreaks = (text: string): string => text.replaceAll(breakMark, "");

/** As large as what stands between them; lines may be broken between all but those of cases. */
export const bracketed = (text: string): string => between("(", text, ")");

export const between = (left: string, text: string, right: string): string => {
  if (text.includes("\\begin{")) return `\\left${left}${withoutBreaks(text)}\\right${right}`;
  return isTall(text) ? `\\biggl${left}${text}\\biggr${right}` : `${left}${text}${right}`;
};

const isTall = (text: string): boolean => /\\(frac|sum|prod)\b/.test(text.replaceAll(/(?<=\\(frac|sum|prod))_/g, " "));

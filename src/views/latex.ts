import { latexExpression, latexVariable } from "./latex-expression.ts";
import type { Listing } from "./listing.ts";

/** An `align*` of amsmath, one equation a line. Without equations there is none. */
export const listingLatex = (listing: Listing): string => {
  if (listing.length === 0) return "";
  const lines = listing.map(
    ({ tag, left, right }) =>
      `  ${latexVariable(left.name, left.indices)} &${tag === "random" ? "\\sim" : "="} ${latexExpression(right)}`,
  );
  return `\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}\n`;
};

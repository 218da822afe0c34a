import { latexExpression, latexVariable } from "./latex-expression.ts";
import type { Line, Listing } from "./listing.ts";

/** An `align*` of amsmath, one equation a line. Without equations there is none. */
export const listingLatex = (listing: Listing): string => {
  if (listing.length === 0) return "";
  const lines = listing.map(
    (line) =>
      `  ${latexVariable(line.left.name, line.left.indices)} &${signOf(line)} ${latexExpression(line.right)}${weightOf(line)}`,
  );
  return `\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}\n`;
};

const signOf = ({ tag }: Line): string => (tag === "random" ? "\\sim" : "=");

const weightOf = (line: Line): string =>
  line.tag === "random" && line.weight !== undefined ? ` \\quad\\text{weight } ${latexExpression(line.weight)}` : "";

import { indexText, printDistribution, printExpression } from "../syntax/print-expression.ts";
import type { Left, Line, Listing } from "./listing.ts";

/** One equation a line. */
export const listingText = (listing: Listing): string => listing.map((line) => `${lineText(line)}\n`).join("");

export const lineText = (line: Line): string =>
  line.tag === "random"
    ? `${leftText(line.left)} ~ ${drawnText(line)}`
    : `${leftText(line.left)} = ${printExpression(line.right)}`;

/** What stands behind `~`: a distribution, and what its logarithm counts. */
export const drawnText = ({ right, weight }: Extract<Line, { readonly tag: "random" }>): string =>
  printDistribution(right) + (weight === undefined ? "" : ` weight ${printExpression(weight)}`);

export const leftText = ({ name, indices }: Left): string =>
  indices.length === 0 ? name : `${name}[${indices.map(indexText).join(",")}]`;

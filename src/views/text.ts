import { indexText, printExpression } from "../syntax/print-expression.ts";
import type { Left, Line, Listing } from "./listing.ts";

/** One equation a line. */
export const listingText = (listing: Listing): string => listing.map((line) => `${lineText(line)}\n`).join("");

export const lineText = ({ tag, left, right }: Line): string =>
  `${leftText(left)} ${tag === "random" ? "~" : "="} ${printExpression(right)}`;

export const leftText = ({ name, indices }: Left): string =>
  indices.length === 0 ? name : `${name}[${indices.map(indexText).join(",")}]`;

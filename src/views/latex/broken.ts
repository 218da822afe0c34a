import { breakMark, withoutBreaks } from "./brackets.ts";

/** So wide may a line of equations be, in letters of mathematics: what a slide holds. */
export const widest = 64;

/**
 * An equation's right side in as many lines as it needs: broken before a plus, minus or a pointwise product, and after a
 * part of a vector, outside of brackets first. `before` is how wide what stands on its left is.
 */
export const brokenLines = (right: string, before = 0): ReadonlyArray<string> =>
  linesOf(right, widest - before).map(withoutBreaks);

const linesOf = (text: string, room: number): ReadonlyArray<string> => {
  if (widthOf(text) <= room) return [text];
  const pieces = piecesOf(text);
  if (pieces.length < 2) return [text];
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + widthOf(piece) <= room) lines[lines.length - 1] = last + piece;
    else lines.push(...linesOf(piece, room));
  }
  return lines.map((line) => line.trim());
};

/** Cut at the marks that stand in the fewest brackets; sums before products. */
const piecesOf = (text: string): ReadonlyArray<string> => {
  const marks = marksIn(text);
  const least = marks.reduce((soFar, { depth }) => Math.min(soFar, depth), Number.POSITIVE_INFINITY);
  const cuts = marks.filter(({ depth }) => depth === least).map(({ at }) => at);
  return [0, ...cuts].map((from, i) => text.slice(from, cuts[i] ?? text.length).replace(breakMark, ""));
};

const marksIn = (text: string): ReadonlyArray<{ readonly at: number; readonly depth: number }> => {
  const found: { at: number; depth: number }[] = [];
  let [depth, braces] = [0, 0];
  [...text].forEach((character, at) => {
    if (character === "{") braces += 1;
    if (character === "}") braces -= 1;
    if (braces > 0) return;
    if ("([".includes(character)) depth += 1;
    if (")]".includes(character)) depth -= 1;
    if (character === breakMark) found.push({ at, depth: depth + (text.startsWith("\\odot", at + 1) ? 0.5 : 0) });
  });
  return found;
};

/** About how many letters wide it is: what stands below or above the line is smaller, of a fraction the wider part counts. */
export const widthOf = (text: string): number => {
  const plain = withoutBreaks(text)
    .replaceAll(/\\begin\{cases\}(.*?)\\end\{cases\}/g, (_, rows: string) =>
      rows.split("\\\\").reduce((longest, row) => (row.length > longest.length ? row : longest), ""),
    )
    .replaceAll(
      /\\(frac|tfrac)\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}/g,
      (_, __, above: string, below: string) => (above.length > below.length ? above : below),
    )
    .replaceAll(/\\(sum|prod)_\{[^{}]*\}(\^(\{[^{}]*\}|\S))?/g, "SS");
  const scripts = [...plain.matchAll(/[_^](\{((?:[^{}]|\{[^{}]*\})*)\}|\\[A-Za-z]+|\S)/g)];
  return lettersIn(plain) - 0.35 * scripts.reduce((sum, [script]) => sum + lettersIn(script!), 0);
};

const lettersIn = (text: string): number => {
  const bare = text
    .replaceAll(/\\(mathrm|operatorname\*?|text|mathbf|hat|tilde|bar|dot|biggl|biggr|left|right)/g, "")
    .replaceAll(/\\(tanh|exp|log|sin|cos|min|max|arctan|odot|sim|leq|geq|neq)/g, "mmm")
    .replaceAll(/\\[A-Za-z]+/g, "m")
    .replaceAll(/[\s{}_^]/g, "");
  return bare.length + (text.match(/(^| )[+=-] |\\odot/g) ?? []).length;
};

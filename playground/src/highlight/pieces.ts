import type { Rule } from "./grammar.ts";

/** A stretch of a line, and what it is; of blanks there is none. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly scope: string;
}

/** What begins at a place of a line by the first rule that fits there. */
export const piecesAt = (rules: ReadonlyArray<Rule>, line: string, at: number): ReadonlyArray<Piece> => {
  for (const { expression, scope, groups } of rules) {
    expression.lastIndex = at;
    const found = expression.exec(line);
    if (found === null || found[0] === "") continue;
    const to = at + found[0].length;
    if (groups.length === 0) return [{ from: at, to, scope }];
    return groups.flatMap(([group, of]) => {
      const place = found.indices?.[group];
      return place === undefined ? [] : [{ from: place[0], to: place[1], scope: of }];
    });
  }
  return [];
};

/** All pieces of a line. */
export const piecesOf = (rules: ReadonlyArray<Rule>, line: string): ReadonlyArray<Piece> => {
  const all: Piece[] = [];
  for (let at = 0; at < line.length; ) {
    const found = piecesAt(rules, line, at);
    all.push(...found);
    at = found.at(-1)?.to ?? at + 1;
  }
  return all;
};

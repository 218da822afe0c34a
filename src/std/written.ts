import { once } from "../once.ts";
import { isClosing, isOpening, scan, type Token } from "../syntax/scan.ts";
import { standardTexts } from "./generated/cells.ts";

/** A standard cell as it stands in its file, found without the grammar. */
export interface Written {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** Every word of it: what it refers to is among them. */
  readonly words: ReadonlySet<string>;
}

/** The standard cells by name: parsing them all takes longer than compiling most programs. */
export const standardCells = once(
  (): ReadonlyMap<string, Written> =>
    new Map(Object.entries(standardTexts).flatMap(([file, text]) => cellsOf(`std/${file}`, text))),
);

/** A definition begins at a word outside of all brackets that begins its line, and goes on to the next one. */
const cellsOf = (file: string, text: string): ReadonlyArray<readonly [string, Written]> => {
  const tokens = scan(text);
  const depths = depthsOf(tokens);
  const heads = tokens.flatMap(({ text: word, first }, i) => (word === "cell" && first && depths[i] === 0 ? [i] : []));
  return heads.map((head, i) => {
    const own = tokens.slice(head, heads[i + 1]);
    const words = new Set(own.flatMap(({ tag, text: word }) => (tag === "word" ? [word] : [])));
    return [tokens[head + 1]!.text, { file, start: own[0]!.start, end: own.at(-1)!.end, words }];
  });
};

/** How many brackets are open before each token. */
const depthsOf = (tokens: ReadonlyArray<Token>): ReadonlyArray<number> => {
  let depth = 0;
  return tokens.map((token) => {
    const before = depth;
    depth += isOpening(token) ? 1 : isClosing(token) ? -1 : 0;
    return before;
  });
};

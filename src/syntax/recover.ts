import { isClosing, isForeign, isOpening, type Token } from "./scan.ts";

/** A stretch of tokens that one rule of the grammar must match. */
export type Chunk =
  | { readonly tag: "match"; readonly rule: Rule; readonly tokens: ReadonlyArray<Token> }
  | { readonly tag: "unclosed"; readonly open: Token }
  | { readonly tag: "unopened"; readonly close: Token };

export type Rule = "Item" | "DefinitionHead" | "Statement" | "ForHead";

/** The parts of a source that can be right or wrong on their own, so that all its errors are found at once. */
export const chunks = (tokens: ReadonlyArray<Token>): ReadonlyArray<Chunk> =>
  cutBefore(tokens, (token) => token.first && itemWords.has(token.text)).flatMap(chunksOfItem);

const itemWords = new Set(["import", "model", "cell"]);
const statementWords = new Set(["axis", "input", "param", "noise", "let", "for", "output", "minimize"]);

const chunksOfItem = (tokens: ReadonlyArray<Token>): ReadonlyArray<Chunk> => {
  const isDefinition = tokens[0]?.text === "model" || tokens[0]?.text === "cell";
  return isDefinition && tokens.some(isBrace)
    ? chunksOfBlock("DefinitionHead", tokens)
    : stray(tokens, (rest) => [{ tag: "match", rule: "Item", tokens: rest }]);
};

/** A head, a body in braces, and what should not follow it. */
const chunksOfBlock = (rule: Rule, tokens: ReadonlyArray<Token>): ReadonlyArray<Chunk> => {
  const open = tokens.findIndex(isBrace);
  const close = closingBrace(tokens, open);
  const head: Chunk = { tag: "match", rule, tokens: tokens.slice(0, open) };
  const body = chunksOfBody(tokens.slice(open + 1, close));
  return close === tokens.length
    ? [head, ...body, { tag: "unclosed", open: tokens[open]! }]
    : [head, ...body, ...stray(tokens.slice(close + 1), chunksOfBody)];
};

/** The first of any closing braces that close nothing, and whatever follows them. */
const stray = (
  tokens: ReadonlyArray<Token>,
  rest: (tokens: ReadonlyArray<Token>) => ReadonlyArray<Chunk>,
): ReadonlyArray<Chunk> => {
  const next = tokens.findIndex(({ text }) => text !== "}");
  const following = next < 0 ? [] : tokens.slice(next);
  const closes = tokens.slice(0, 1).filter(({ text }) => text === "}");
  return [
    ...closes.map((close): Chunk => ({ tag: "unopened", close })),
    ...(following.length === 0 ? [] : rest(following)),
  ];
};

const chunksOfBody = (tokens: ReadonlyArray<Token>): ReadonlyArray<Chunk> =>
  statements(tokens).flatMap((statement) =>
    statement[0]!.text === "for" && statement.some(isBrace)
      ? chunksOfBlock("ForHead", statement)
      : stray(statement, (rest) => [{ tag: "match", rule: "Statement", tokens: rest }]),
  );

const isBrace = ({ text }: Token): boolean => text === "{";

/** The place of the `}` that belongs to the `{` at `open`, or the end. Other brackets do not count: they may be wrong. */
const closingBrace = (tokens: ReadonlyArray<Token>, open: number): number => {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.text === "{") depth += 1;
    if (tokens[i]!.text === "}") depth -= 1;
    if (depth === 0) return i;
  }
  return tokens.length;
};

const statements = (tokens: ReadonlyArray<Token>): ReadonlyArray<ReadonlyArray<Token>> => {
  let depth = 0;
  let braces = 0;
  return cutBefore(tokens, (token, i) => {
    const begins = token.first && braces === 0 && beginsStatement(tokens, i, depth);
    if (begins) depth = 0;
    if (token.text === "{") braces += 1;
    else if (token.text === "}") braces = Math.max(0, braces - 1);
    else if (isOpening(token)) depth += 1;
    else if (isClosing(token)) depth = Math.max(0, depth - 1);
    return begins;
  });
};

/** A new line begins a statement unless the last one wants more or it goes on itself; in brackets, if it looks like one. */
const beginsStatement = (tokens: ReadonlyArray<Token>, i: number, depth: number): boolean => {
  const token = tokens[i]!;
  const before = tokens[i - 1];
  if (before === undefined || statementWords.has(token.text)) return true;
  if (depth > 0) return before.text !== "," && isEquation(tokens, i);
  return !wantsMore.has(before.text) && !isForeign(before) && !goesOn.has(token.text);
};

const operators = [
  "+",
  "-",
  "*",
  "/",
  "@",
  "^",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "and",
  "or",
  "=",
  "~",
  ":",
  "->",
  "..",
];
const wantsMore = new Set([...operators, ",", "not", "if", "then", "else", "with", "until", "in", "backward"]);
const goesOn = new Set([...operators, ",", ";", ")", "]", "then", "else", "with", "until", "{"]);

/** A name, perhaps with brackets or a type, and then `=` or `~`, all on one line. */
const isEquation = (tokens: ReadonlyArray<Token>, i: number): boolean => {
  if (tokens[i]!.tag !== "word") return false;
  const rest = tokens.slice(i + 1, i + 40);
  const end = rest.findIndex(({ first }) => first);
  const line = rest.slice(0, end < 0 ? rest.length : end);
  return /^(\[[^\]=]*\])?(:[^=]*)?[=~](?!=)/.test(line.map(({ text }) => text).join(""));
};

/** The list in pieces, each but the first beginning where `begins` holds. */
const cutBefore = (
  tokens: ReadonlyArray<Token>,
  begins: (token: Token, i: number) => boolean,
): ReadonlyArray<ReadonlyArray<Token>> => {
  const pieces: Token[][] = [];
  tokens.forEach((token, i) => {
    if (begins(token, i) || pieces.length === 0) pieces.push([]);
    pieces.at(-1)!.push(token);
  });
  return pieces;
};

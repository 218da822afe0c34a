import { type AlignedLine, type MathElement, math, row } from "./element.ts";
import { accents, blanks, functions, letters, operators, series } from "./symbols.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** The part of LaTeX that the project's own printer writes (`src/views/latex/expression.ts`), as MathML. */
export const equationsIn = (latex: string): ReadonlyArray<AlignedLine> => {
  const tokens = tokensOf(latex).filter((token) => !(token.tag === "command" && / align\*$/.test(token.name)));
  if (tokens.length === 0) return [];
  const [lines] = cellsFrom(tokens, 0, isNever);
  return lines.map(([left, right]) => ({ left: row(left ?? []), right: row(between(right ?? [])) }));
};

/** What the right side begins with stands between both sides, so it is spaced as such. */
const between = ([sign, ...others]: ReadonlyArray<MathElement>): ReadonlyArray<MathElement> =>
  sign?.name === "mo"
    ? [{ ...sign, attributes: { ...sign.attributes, form: "infix" } }, ...others]
    : sign === undefined
      ? []
      : [sign, ...others];

/** What is read, and where what follows begins. */
type Read<A> = readonly [found: A, next: number];
type Ends = (token: Token) => boolean;

const isNever: Ends = () => false;
const isCommand =
  (name: string): Ends =>
  (token) =>
    token.tag === "command" && token.name === name;
const isMark =
  (text: string): Ends =>
  (token) =>
    token.tag === "mark" && token.text === text;
const isColumn = isMark("&");
const isLine = isCommand("\\");

type Cells = ReadonlyArray<ReadonlyArray<ReadonlyArray<MathElement>>>;

/** Lines of cells, up to what ends them, which is read as well. */
const cellsFrom = (tokens: ReadonlyArray<Token>, from: number, ends: Ends): Read<Cells> => {
  const lines: ReadonlyArray<MathElement>[][] = [[]];
  let at = from;
  while (at < tokens.length && !ends(tokens[at]!)) {
    const [cell, next] = rowFrom(tokens, at, (token) => isColumn(token) || isLine(token) || ends(token));
    lines.at(-1)!.push(cell);
    at = next;
    if (at < tokens.length && isLine(tokens[at]!)) lines.push([]);
    if (at < tokens.length && !ends(tokens[at]!)) at += 1;
  }
  return [lines, at + 1];
};

const rowFrom = (tokens: ReadonlyArray<Token>, from: number, ends: Ends): Read<ReadonlyArray<MathElement>> => {
  const items: MathElement[] = [];
  let at = from;
  while (at < tokens.length && !ends(tokens[at]!)) {
    const [item, next] = scriptedFrom(tokens, at);
    items.push(item);
    at = next;
  }
  return [items, at];
};

/** An atom with what stands below and above it. */
const scriptedFrom = (tokens: ReadonlyArray<Token>, from: number): Read<MathElement> => {
  const first = tokens[from]!;
  const isSeries = first.tag === "command" && series.has(first.name);
  let [item, at] = atomFrom(tokens, from);
  let below: MathElement | undefined;
  let above: MathElement | undefined;
  for (;;) {
    const token = tokens[at];
    if (token?.tag !== "mark" || !"_^'".includes(token.text)) break;
    if (token.text === "'") {
      item = math("msup", [item, math("mo", "′")]);
      at += 1;
      continue;
    }
    const [script, next] = atomFrom(tokens, at + 1);
    if (token.text === "_") below = script;
    else above = script;
    at = next;
  }
  return [withScripts(item, below, above, isSeries), at];
};

const withScripts = (
  item: MathElement,
  below: MathElement | undefined,
  above: MathElement | undefined,
  isSeries: boolean,
): MathElement => {
  if (below !== undefined && above !== undefined)
    return math(isSeries ? "munderover" : "msubsup", [item, below, above]);
  // What stands above already stands over what is put below: `{{c}^{f}}_{t}`.
  if (below !== undefined && item.name === "msup")
    return math("msubsup", [item.inside[0] as MathElement, below, item.inside[1] as MathElement]);
  if (below !== undefined) return math(isSeries ? "munder" : "msub", [item, below]);
  return above === undefined ? item : math("msup", [item, above]);
};

const atomFrom = (tokens: ReadonlyArray<Token>, at: number): Read<MathElement> => {
  const token = tokens[at];
  if (token === undefined) return [row([]), at];
  if (token.tag === "number") return [math("mn", token.text), at + 1];
  if (token.tag === "raw") return [textElement(token), at + 1];
  if (token.tag === "mark" && token.text === "{") {
    const [items, next] = rowFrom(tokens, at + 1, isMark("}"));
    return [row(items), next + 1];
  }
  return token.tag === "mark" ? [markElement(token.text), at + 1] : commandFrom(tokens, at, token.name);
};

const textElement = ({ command, text }: Extract<Token, { readonly tag: "raw" }>): MathElement => {
  if (command === "text") return math("mtext", text.replaceAll(/^ | $/g, "\u00a0"));
  if (command === "mathcal") return math("mi", text === "L" ? "ℒ" : text);
  return math("mi", text, { mathvariant: "normal", ...(command === "mathbf" ? { class: "bold" } : {}) });
};

const markElement = (text: string): MathElement =>
  /^[\p{L}∂∇]/u.test(text) ? math("mi", text) : math("mo", text === "-" ? "−" : text);

const commandFrom = (tokens: ReadonlyArray<Token>, at: number, name: string): Read<MathElement> => {
  if (name === "left") return fencedFrom(tokens, at);
  if (name === "begin cases") return casesFrom(tokens, at);
  if (name === "biggl" || name === "biggr")
    return [math("mo", delimiterText(tokens[at + 1]), { stretchy: "true", minsize: "2.4em", fence: "true" }), at + 2];
  if (accents[name] !== undefined) {
    const [inside, next] = atomFrom(tokens, at + 1);
    return [math("mover", [inside, math("mo", accents[name], { stretchy: "false" })], { accent: "true" }), next];
  }
  if (name === "frac" || name === "tfrac") {
    const [above, middle] = atomFrom(tokens, at + 1);
    const [below, next] = atomFrom(tokens, middle);
    return [math("mfrac", [above, below]), next];
  }
  if (name === "sqrt") {
    const [inside, next] = atomFrom(tokens, at + 1);
    return [math("msqrt", [inside]), next];
  }
  return [signElement(name), at + 1];
};

const signElement = (name: string): MathElement => {
  const width = blanks[name];
  if (width !== undefined) return math("mspace", "", { width });
  if (functions.has(name)) return math("mi", name);
  if (letters[name] !== undefined) return math("mi", letters[name]);
  const operator = operators[name];
  // What is not known is shown as it is written: nothing is left out silently.
  return operator === undefined ? math("merror", [math("mtext", `\\${name}`)]) : math("mo", operator);
};

/** `\left( … \right)` */
const fencedFrom = (tokens: ReadonlyArray<Token>, at: number): Read<MathElement> => {
  const [items, end] = rowFrom(tokens, at + 2, isCommand("right"));
  const fence = (token: Token | undefined): MathElement =>
    math("mo", delimiterText(token), { fence: "true", stretchy: "true" });
  return [math("mrow", [fence(tokens[at + 1]), ...items, fence(tokens[end + 1])]), end + 2];
};

const delimiterText = (token: Token | undefined): string => {
  if (token?.tag === "command") return operators[token.name] ?? token.name;
  return token?.tag === "mark" && token.text !== "." ? token.text : "";
};

/** `\begin{cases} a & b \\ … \end{cases}` */
const casesFrom = (tokens: ReadonlyArray<Token>, at: number): Read<MathElement> => {
  const [lines, next] = cellsFrom(tokens, at + 1, isCommand("end cases"));
  const rows = lines.map((cells) =>
    math(
      "mtr",
      cells.map((cell) => math("mtd", cell, { class: "case" })),
    ),
  );
  return [math("mrow", [math("mo", "{", { fence: "true", stretchy: "true" }), math("mtable", rows)]), next];
};

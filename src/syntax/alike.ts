import grammar from "../../grammar/rnn.ohm-bundle.js";
import { chunks } from "./recover.ts";
import type { Token } from "./scan.ts";
import type { Span } from "./span.ts";
import type { Program, Statement } from "./tree.ts";

/**
 * Statements that differ only in their names and numbers have trees that differ only in these, so each form is matched
 * once: a program of ten thousand equations has some twenty forms. Where a block has a statement before it, one of a form
 * that was seen is left out of the text that is matched, and put in again as a copy of the first, with its own words.
 */
export interface Thinned {
  /** The text without what is like something before it. */
  readonly source: string;
  /** The program of the whole text, from that of the thinned one; undefined if a place does not fit. */
  readonly filled: (program: Program, file: string) => Program | undefined;
}

export const thinned = (source: string, tokens: ReadonlyArray<Token>): Thinned => {
  const first = new Map<string, ReadonlyArray<Token>>();
  const leftOut: LeftOut[] = [];
  /** The last statement that stays of each block that is open. */
  const anchors: Array<Token | undefined> = [];
  let at = 0;
  for (const chunk of chunks(tokens)) {
    const [head] = "tokens" in chunk ? chunk.tokens : [];
    if (chunk.tag !== "match" || head === undefined) return { source, filled: (program) => program };
    for (; at < tokens.length && tokens[at]!.start < head.start; at += 1) {
      if (tokens[at]!.text === "{") anchors.push(undefined);
      if (tokens[at]!.text === "}") anchors.pop();
    }
    if (anchors.length === 0) continue;
    const form = chunk.rule === "Statement" ? formOf(source, chunk.tokens) : undefined;
    const like = form === undefined ? undefined : first.get(form);
    const anchor = anchors.at(-1);
    if (like !== undefined && anchor !== undefined && head.first) leftOut.push({ tokens: chunk.tokens, like, anchor });
    else {
      anchors[anchors.length - 1] = head;
      if (form !== undefined && like === undefined) first.set(form, chunk.tokens);
    }
  }
  // With the blanks behind it: a break stands before it.
  const next = new Map(tokens.map((token, i) => [token, tokens[i + 1]?.start ?? source.length]));
  const cuts = leftOut.map(({ tokens: own }) => ({ start: own[0]!.start, end: next.get(own.at(-1)!)! }));
  return { source: without(source, cuts), filled: (program, file) => fill(program, file, source, leftOut, cuts) };
};

interface LeftOut {
  readonly tokens: ReadonlyArray<Token>;
  /** The tokens of the first statement of its form. */
  readonly like: ReadonlyArray<Token>;
  /** Where the statement begins after which it stands, among those that stay. */
  readonly anchor: Token;
}

type Cut = Pick<Span, "start" | "end">;

/** What looks like a name but stands in the grammar (whose text ohm keeps, though its types do not say so). */
const words = new Set(
  (grammar as unknown as { source: { contents: string } }).source.contents.match(/(?<=")\w+(?=")/g),
);

/** The words and marks of a statement and what separates them; a name is as good as another, and a number too. */
const formOf = (source: string, tokens: ReadonlyArray<Token>): string =>
  tokens
    .map(({ tag, text, start }, i) => {
      const before = i === 0 ? "" : source.slice(tokens[i - 1]!.end, start);
      const space = before === "" ? "" : /[\n\r]/.test(before) ? "\n" : " ";
      const isName = tag === "word" && /^[A-Za-z_][\w']*$/.test(text) && !words.has(text);
      return `${space}${isName ? "name" : tag === "number" ? "0" : JSON.stringify(text)}`;
    })
    .join("|");

const without = (source: string, cuts: ReadonlyArray<Cut>): string =>
  [
    ...cuts.map(({ start }, i) => source.slice(i === 0 ? 0 : cuts[i - 1]!.end, start)),
    source.slice(cuts.at(-1)?.end ?? 0),
  ].join("");

const fill = (
  program: Program,
  file: string,
  source: string,
  leftOut: ReadonlyArray<LeftOut>,
  cuts: ReadonlyArray<Cut>,
): Program | undefined => {
  if (leftOut.length === 0) return program;
  const whole = moved(program, shifts(cuts));
  const after = new Map<number, LeftOut[]>();
  for (const each of leftOut) {
    const { start } = each.anchor;
    if (!after.has(start)) after.set(start, []);
    after.get(start)!.push(each);
  }
  const models = new Map<number, Statement[]>();
  let missing = false;
  const note = (statement: Statement): void => {
    const { start } = statement.span;
    if (!models.has(start)) models.set(start, []);
    models.get(start)!.push(statement);
  };
  const noteAll = (statements: ReadonlyArray<Statement>): void => {
    for (const statement of statements) {
      note(statement);
      if (statement.tag === "for") noteAll(statement.body);
    }
  };
  const fillIn = (statements: ReadonlyArray<Statement>): ReadonlyArray<Statement> =>
    statements.flatMap((statement, i) => {
      const own = statement.tag === "for" ? { ...statement, body: fillIn(statement.body) } : statement;
      const { start } = statement.span;
      if (statements[i + 1]?.span.start === start) return [own];
      const added = (after.get(start) ?? []).flatMap((each) => {
        const copies = (models.get(each.like[0]!.start) ?? []).map((model) => copied(model, file, each));
        if (copies.length === 0 || !copies.every((copy) => copy !== undefined)) missing = true;
        return copies.filter((copy) => copy !== undefined);
      });
      after.delete(start);
      return [own, ...added];
    });
  for (const definition of whole.definitions) if ("body" in definition) noteAll(definition.body);
  const definitions = whole.definitions.map((definition) =>
    "body" in definition ? { ...definition, body: fillIn(definition.body) } : definition,
  );
  return missing || after.size > 0
    ? undefined
    : { ...whole, definitions, span: { file, start: 0, end: source.length } };
};

/** Where each place of the thinned text stands in the whole; what begins where something was left out stands after it. */
const shifts = (cuts: ReadonlyArray<Cut>): ((place: number, isEnd: boolean) => number) => {
  const [starts, totals] = [[] as number[], [0]];
  for (const { start, end } of cuts) {
    starts.push(start - totals.at(-1)!);
    totals.push(totals.at(-1)! + end - start);
  }
  return (place, isEnd) => {
    let [from, to] = [0, starts.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isEnd ? starts[middle]! < place : starts[middle]! <= place) from = middle + 1;
      else to = middle;
    }
    return place + totals[from]!;
  };
};

const moved = (program: Program, move: (place: number, isEnd: boolean) => number): Program =>
  mapped(program, (part) =>
    isSpan(part) ? { ...part, start: move(part.start, false), end: move(part.end, true) } : undefined,
  );

/** A tree with the words of another statement of its form; undefined if a place of it is not the edge of a word. */
const copied = (model: Statement, file: string, { tokens, like }: LeftOut): Statement | undefined => {
  const starts = new Map(like.map(({ start }, i) => [start, i]));
  const ends = new Map(like.map(({ end }, i) => [end, i]));
  let fits = true;
  const range = ({ start, end }: Span): readonly [number, number] => {
    const [from, to] = [starts.get(start), ends.get(end)];
    if (from === undefined || to === undefined) fits = false;
    return [from ?? 0, to ?? 0];
  };
  const copy = mapped(model, (part) => {
    if (isSpan(part)) {
      const [from, to] = range(part);
      return { file, start: tokens[from]!.start, end: tokens[to]!.end };
    }
    if (!("span" in part) || !isPart(part.span) || !isSpan(part.span)) return undefined;
    const isName = "text" in part;
    if (!isName && !("tag" in part && part.tag === "number")) return undefined;
    // Brackets around a name or a number belong to its span.
    const [from, to] = range(part.span);
    const word = tokens.slice(from, to + 1).find(({ tag }) => tag === "word" || tag === "number");
    if (word === undefined) fits = false;
    const span: Span = { file, start: tokens[from]!.start, end: tokens[to]!.end };
    return isName ? { ...part, text: word?.text, span } : { ...part, value: Number(word?.text), span };
  });
  return fits ? copy : undefined;
};

const isSpan = (part: object): part is Span => "start" in part && "end" in part && "file" in part;

/** A tree in which some parts are others; a text's depth is bounded before it comes to be a tree. */
const mapped = <A extends object>(part: A, change: (part: object) => object | undefined): A => {
  const changed = change(part);
  if (changed !== undefined) return changed as A;
  const inside = (inner: unknown): unknown => (isPart(inner) ? mapped(inner, change) : inner);
  if (Array.isArray(part)) return part.map(inside) as unknown as A;
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, inside(inner)])) as A;
};

const isPart = (value: unknown): value is object => typeof value === "object" && value !== null;

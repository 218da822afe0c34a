import type { MatchResult, Node } from "ohm-js";
import grammar, { type RnnActionDict } from "../../../grammar/rnn.ohm-bundle.js";
import type { Program, Statement } from "../tree.ts";
import { type Doc, indent, newline, sequence, space, text } from "./doc.ts";
import { expressionLayouts, layout } from "./expression.ts";
import { type Gap, gapAfter } from "./gap.ts";
import { statementLayouts } from "./statement.ts";
import { type Tokens, tokensOf } from "./token.ts";

/** The layout of a source that the grammar has matched; its lines end with LF. */
export const layoutOf = (source: string, match: MatchResult, program: Program): Doc =>
  grammar
    .createSemantics()
    .addOperation<Doc>(
      "layout",
      layouts(source, tokensOf(source, endsOf(program))),
    )(match)
    .layout();

const layouts = (source: string, tokens: Tokens): RnnActionDict<Doc> => ({
  ...tokenLayouts(tokens),
  ...expressionLayouts(tokens),
  ...statementLayouts,
  ...blockLayouts(source),
});

const tokenLayouts = ({ token }: Tokens): RnnActionDict<Doc> => ({
  _terminal() {
    return token(this);
  },
  number(_whole, _point, _fraction, _e, _sign, _exponent) {
    return token(this);
  },
  string(_open, _characters, _close) {
    return token(this);
  },
  name(_first, _rest) {
    return token(this);
  },
});

/** One statement or definition a line, with the comments and empty lines between them. */
const blockLayouts = (source: string): RnnActionDict<Doc> => {
  /** `start`: where the token before the first part ends. */
  const block = (start: number, parts: ReadonlyArray<Node>): Doc => {
    const ends = [start, ...parts.map((part) => part.child(0).source.endIdx)];
    return sequence(
      ...ends.flatMap((end, i): ReadonlyArray<Doc> => {
        const { comments, blank } = i === 0 ? withoutFirstBlank(gapAfter(source, end)) : gapAfter(source, end);
        const part = parts[i];
        return part === undefined ? comments : [...comments, newline(blank), layout(part)];
      }),
    );
  };
  return {
    Program: (items) => block(0, items.children),
    Item: (item, _end) => layout(item),
    Model: (head, body) => sequence(layout(head), space, layout(body)),
    Cell: (head, body) => sequence(layout(head), space, layout(body)),
    For: (head, body) => sequence(layout(head), space, layout(body)),
    Body: (open, statements, _close) =>
      statements.children.length === 0 && gapAfter(source, open.source.endIdx).comments.length === 0
        ? text("{ }")
        : sequence(text("{"), indent(block(open.source.endIdx, statements.children)), newline(false), text("}")),
    Statement: (statement, _end) => layout(statement),
  };
};

/** A block does not begin with an empty line. */
const withoutFirstBlank = ({ comments: [first, ...others], blank }: Gap): Gap =>
  first === undefined ? { comments: [], blank: false } : { comments: [{ ...first, blank: false }, ...others], blank };

const endsOf = ({ imports, definitions }: Program): ReadonlySet<number> =>
  new Set([
    ...imports.map(({ span }) => span.end),
    ...definitions.flatMap((definition) => [
      definition.span.end,
      ...("body" in definition ? statementEnds(definition.body) : []),
    ]),
  ]);

const statementEnds = (body: ReadonlyArray<Statement>): ReadonlyArray<number> =>
  body.flatMap((statement) => [statement.span.end, ...(statement.tag === "for" ? statementEnds(statement.body) : [])]);

import { HighlightStyle, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { type Tag, tags } from "@lezer/highlight";
import grammar from "../../../../grammar/rnn.tmLanguage.json" with { type: "json" };
import { rulesOf } from "../../highlight/grammar.ts";
import { type Piece, piecesAt } from "../../highlight/pieces.ts";

/** What the scopes of the grammar are to the editor, the most exact first. */
const scopes: ReadonlyArray<readonly [scope: string, tag: Tag]> = [
  ["comment", tags.lineComment],
  ["string", tags.string],
  ["constant.numeric", tags.number],
  ["keyword.operator", tags.operator],
  ["keyword.declaration", tags.definitionKeyword],
  ["keyword", tags.controlKeyword],
  ["entity.name.type", tags.className],
  ["entity.name.function", tags.function(tags.variableName)],
  ["support.type", tags.typeName],
  ["support.function", tags.standard(tags.function(tags.variableName))],
  ["variable", tags.variableName],
  ["punctuation", tags.punctuation],
];

const rules = rulesOf(grammar);

/** The editor reads a dot as a modifier. */
const keyOf = (scope: string): string => scope.replaceAll(".", "-");
const known = (scope: string): string | null => {
  const found = scopes.find(([beginning]) => scope.startsWith(beginning));
  return found === undefined ? null : keyOf(found[0]);
};

/** What a line still has to give: the pieces of the rule that fitted last. */
interface Left {
  pieces: ReadonlyArray<Piece>;
}

const language = StreamLanguage.define<Left>({
  name: "rnn",
  startState: () => ({ pieces: [] }),
  copyState: ({ pieces }) => ({ pieces }),
  token: (stream: StringStream, left) => {
    if (stream.sol()) left.pieces = [];
    const [first, ...others] = left.pieces.length > 0 ? left.pieces : piecesAt(rules, stream.string, stream.pos);
    if (first === undefined || first.to <= stream.pos) {
      left.pieces = [];
      stream.next();
      return null;
    }
    if (first.from > stream.pos) {
      left.pieces = [first, ...others];
      stream.pos = first.from;
      return null;
    }
    left.pieces = others;
    stream.pos = first.to;
    return known(first.scope);
  },
  languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
  tokenTable: Object.fromEntries(scopes.map(([scope, tag]) => [keyOf(scope), tag])),
});

/** Colours are the page's (`style.css`). */
const colours = HighlightStyle.define([
  { tag: tags.lineComment, class: "code-comment" },
  { tag: tags.string, class: "code-string" },
  { tag: tags.number, class: "code-number" },
  { tag: tags.operator, class: "code-operator" },
  { tag: [tags.definitionKeyword, tags.controlKeyword], class: "code-keyword" },
  { tag: [tags.className, tags.typeName], class: "code-type" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.function(tags.variableName))], class: "code-function" },
]);

/** Programs of the language, coloured by the grammar that other editors take as well. */
export const rnn: Extension = [language, syntaxHighlighting(colours)];

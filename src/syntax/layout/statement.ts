import type { Node } from "ohm-js";
import type { RnnActionDict } from "../../../grammar/rnn.ohm-bundle.js";
import { type Doc, group, indent, isBroken, line, sequence, space, spaced } from "./doc.ts";
import { bracketed, layout, separated } from "./expression.ts";

/** How each rule for a statement, or for the head of a definition, is laid out on its line. */
export const statementLayouts: RnnActionDict<Doc> = {
  // What is not named here has blanks between its parts; lists among these may go on on further lines.
  _nonterminal: (...parts) => (parts.length === 1 ? layout(parts[0]!) : spaced(...present(parts).map(inOpen))),
  ModelHead: (word, name, statics) => spaced(layout(word), joined(name, statics)),
  CellHead_static: (word, name, statics, given, arrow, results) =>
    spaced(layout(word), joined(name, statics, given), layout(arrow), layout(results)),
  CellHead_plain: (word, name, given, arrow, results) =>
    spaced(layout(word), joined(name, given), layout(arrow), layout(results)),
  Function: (word, name, given, equals, value) =>
    sequence(layout(word), space, joined(name, given), space, marked(equals, value)),
  Statics: (open, list, end) => bracketed(open, layout(list), end),
  Static: (name, value) => spaced(layout(name), ...value.children.map(layout)),
  Default: (equals, value) => marked(equals, value),
  Arguments: (open, list, end) => bracketed(open, layout(list), end),
  Results_several: (open, list, end) => bracketed(open, layout(list), end),
  Fixed: (word, _line, names, type, initialiser) =>
    spaced(layout(word), ...present([names, type, initialiser]).map(inOpen)),
  Initialiser: (sign, value) => marked(sign, value),
  Let: (word, name, equals, value) => spaced(layout(word), layout(name), marked(equals, value)),
  Minimize: (word, value) => marked(word, value),
  Random_weighted: (variable, type, tilde, value, _line, weight) =>
    spaced(layout(variable), ...type.children.map(layout), marked(tilde, value), layout(weight)),
  Random_plain: (variable, type, tilde, value) =>
    spaced(layout(variable), ...type.children.map(layout), marked(tilde, value)),
  Weight: (word, _line, value) => marked(word, value),
  Equation_when: (targets, equals, value, when, mask, resets, endings, boundaries) =>
    equation(
      [targets, equals, value, when, mask, ...resets.children.flatMap((word, i) => [word, endings.child(i)])],
      boundaries,
    ),
  Equation_reset: (targets, equals, value, reset, ending, boundaries) =>
    equation([targets, equals, value, reset, ending], boundaries),
  Equation_plain: (targets, equals, value, boundaries) => equation([targets, equals, value], boundaries),
  Targets_split: (open, list, end) => bracketed(open, layout(list), end),
  Targets_results: (open, list, end) => bracketed(open, layout(list), end),
  Boundary: (variable, equals, value) => spaced(layout(variable), marked(equals, value)),
  Variable: (name, _line, indices) => joined(name, indices),
  Type_real: (word, _line, sizes) => joined(word, sizes),
  Type_position: (word, _line, open, length, end) => sequence(layout(word), bracketed(open, layout(length), end)),
  Type_symbol: (word, _line, open, size, end) => sequence(layout(word), bracketed(open, layout(size), end)),
  NonemptyListOf: (first, separators, rest) =>
    separated(line, [first, ...rest.children].map(layout), separators.children),
};

/** The words behind an application stay on its line. */
const equation = (
  [targets, equals, value, ...words]: readonly [Node, Node, Node, ...ReadonlyArray<Node>],
  boundaries: Node,
): Doc =>
  sequence(
    spaced(layout(targets), marked(equals, value), ...words.map(layout)),
    ...boundaries.children.map((node) => group(indent(line, layout(node)))),
  );

/** A sign and the value behind it, which stands further in if a comment drives it to the next line. */
const marked = (sign: Node, value: Node): Doc => {
  const before = layout(sign);
  return isBroken(before) ? sequence(before, indent(layout(value))) : spaced(before, layout(value));
};

const inOpen = (part: Node): Doc => (part.ctorName === "NonemptyListOf" ? group(indent(layout(part))) : layout(part));

const joined = (...parts: ReadonlyArray<Node>): Doc => sequence(...present(parts).map(layout));

/** The parts, without the optional ones that are absent. */
const present = (parts: ReadonlyArray<Node>): ReadonlyArray<Node> =>
  parts.flatMap((part) => (part.isIteration() ? part.children : [part]));

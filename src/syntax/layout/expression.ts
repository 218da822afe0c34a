import type { Node } from "ohm-js";
import type { RnnActionDict } from "../../../grammar/rnn.ohm-bundle.js";
import { cutComments, type Doc, group, indent, line, sequence, softLine, space, spaced } from "./doc.ts";
import type { Tokens } from "./token.ts";

/** How each rule for an expression is laid out. A long chain is broken before each of its operators. */
export const expressionLayouts = ({ compact, blankBefore }: Tokens): RnnActionDict<Doc> => {
  const close = (node: Node): Doc => compact(node) ?? layout(node);
  const indices = (open: Node, first: Node, commas: Node, rest: Node, end: Node): Doc =>
    bracketed(open, separated(softLine, [first, ...rest.children].map(close), commas.children), end);
  const calls = (open: Node, first: Node, commas: ReadonlyArray<Node>, rest: ReadonlyArray<Node>, end: Node): Doc =>
    bracketed(open, separated(line, [first, ...rest].map(layout), commas), end);
  // `f (x)` may be a call or a product, which the syntax alone cannot tell: the blank is the writer's.
  const suffix = (node: Node): Doc =>
    !isIndex(node) && blankBefore(node) ? sequence(space, layout(node)) : layout(node);
  return {
    Expression: choices,
    Condition: binary,
    Comparison: comparison,
    Additive: binary,
    Multiplicative: signedChain,
    Signed: (signs, operand) => adjacent(signs, operand),
    Product: product,
    Mask: choices,
    MaskCondition: binary,
    MaskComparison: comparison,
    MaskAdditive: binary,
    MaskMultiplicative: signedChain,
    MaskSigned: (signs, operand) => adjacent(signs, operand),
    MaskProduct: product,
    maskJoint: (joint) => layout(joint),
    when: (_before, word, _after, _start) => layout(word),
    reset: (_before, word, _after, _start) => layout(word),
    Power: (base, hats, marks, hat, exponent) =>
      sequence(
        layout(base),
        ...marks.children.flatMap((mark, i) => [layout(hats.child(i)), layout(mark)]),
        ...[...hat.children, ...exponent.children].map(layout),
      ),
    Exponent: (signs, first, raisings) => adjacent(signs, first, raisings),
    Raising: (hat, signs, base) => adjacent(hat, signs, base),
    Postfix_chain: (backward, head, _line, steps) =>
      spaced(...backward.children.map(layout), sequence(layout(head), ...steps.children.map(suffix))),
    Applied: (backward, head, _lines, leading, _line, _open, last) =>
      spaced(...backward.children.map(layout), sequence(layout(head), ...[...leading.children, last].map(suffix))),
    Leading: (step, _line, _open) => layout(step),
    Tight_chain: (head, _close, steps) => sequence(layout(head), ...steps.children.map(layout)),
    Primary_group: (open, inner, end) => bracketed(open, layout(inner), end),
    Primary_part: (list, _close, parts) => sequence(layout(list), ...parts.children.map(layout)),
    Suffix_call: (open, first, commas, rest, others, named, end) =>
      calls(open, first, [...commas.children, ...others.children], [...rest.children, ...named.children], end),
    Suffix_namedCall: (open, first, commas, rest, end) => calls(open, first, commas.children, rest.children, end),
    Named: (name, equals, value) => spaced(...[name, equals, value].map(layout)),
    Suffix_member: (dot, name) => adjacent(dot, name),
    Suffix_emptyCall: (open, end) => adjacent(open, end),
    Indices: indices,
    Concat: (open, first, semicolons, rest, end) => calls(open, first, semicolons.children, rest.children, end),
    Range: (lower, dots, upper) => sequence(close(lower), layout(dots), close(upper)),
    at: (_blanks, sign) => sequence(line, layout(sign), space),
    sameLine: (_blanks) => space,
  };
};

export const layout = (node: Node): Doc => node.layout();

/** What may stand on lines of its own between brackets. */
export const bracketed = (open: Node, inner: Doc, end: Node): Doc =>
  group(layout(open), indent(softLine, inner), softLine, layout(end));

export const separated = (between: Doc, elements: ReadonlyArray<Doc>, separators: ReadonlyArray<Node>): Doc =>
  sequence(...elements.flatMap((element, i) => (i === 0 ? [element] : [layout(separators[i - 1]!), between, element])));

const isIndex = (step: Node): boolean =>
  step.ctorName === "Leading" ? isIndex(step.child(0)) : step.child(0).ctorName === "Suffix_index";

const choices = (heads: Node, last: Node): Doc =>
  chain(
    [...heads.children.map((choice) => spaced(...choice.children.slice(0, -1).map(layout))), layout(last)],
    heads.children.map((choice) => choice.child(4)),
  );

const comparison = (nots: Node, left: Node, comparator: Node, right: Node): Doc =>
  chain([spaced(...[...nots.children, left].map(layout)), ...right.children.map(layout)], comparator.children);

const signedChain = (signs: Node, first: Node, operators: Node, rest: Node): Doc =>
  chain([adjacent(signs, first), ...rest.children.map(layout)], operators.children);

const product = (first: Node, joints: Node, rest: Node): Doc => {
  const factors = rest.children.flatMap((factor, i) => [layout(joints.child(i)), layout(factor)]);
  return factors.length === 0 ? layout(first) : group(layout(first), indent(...factors));
};

const binary = (first: Node, operators: Node, rest: Node): Doc =>
  chain([first, ...rest.children].map(layout), operators.children);

const chain = ([first, ...rest]: ReadonlyArray<Doc>, operators: ReadonlyArray<Node>): Doc => {
  if (rest.length === 0) return first!;
  const [head, comments] = cutComments(first!);
  const tail = rest.flatMap((operand, i) => [line, layout(operators[i]!), space, operand]);
  return group(head, indent(...comments, ...tail));
};

/** Parts with nothing between them; where one is repeated, its repetitions. */
const adjacent = (...parts: ReadonlyArray<Node>): Doc =>
  sequence(...parts.flatMap((part) => (part.isIteration() ? part.children : [part])).map(layout));

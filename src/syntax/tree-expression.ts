import type { Interval, Node } from "ohm-js";
import type { RnnActionDict } from "../../grammar/rnn.ohm-bundle.js";
import { joinSpans, type Span } from "./span.ts";
import type { BinaryOperator, Expression, NamedArgument } from "./tree.ts";

/** How each rule for an expression becomes a tree. Chains are folded here: the grammar matches them as repetitions. */
export const expressionActions = (spanOf: (source: Interval) => Span): RnnActionDict<Expression> => ({
  Expression: choices(spanOf),
  Condition: condition,
  Comparison: comparison,
  Additive: chain,
  Multiplicative: signedChain,
  Signed: signed,
  Product: product,
  Mask: choices(spanOf),
  MaskCondition: condition,
  MaskComparison: comparison,
  MaskAdditive: chain,
  MaskMultiplicative: signedChain,
  MaskSigned: signed,
  MaskProduct: product,
  Power: (base, _hats, marks, _hat, exponent) => {
    const transposed = marks.children.reduce<Expression>((operand, mark) => {
      return { tag: "transpose", operand, span: joinSpans(operand.span, spanOf(mark.source)) };
    }, toExpression(base));
    return raise(transposed, exponent.children.map(toExpression)[0]);
  },
  Exponent: (signs, first, raisings) => {
    const raised = raisings.children.reduceRight<Expression | undefined>((exponent, raising) => {
      const [, innerSigns, base] = raising.children;
      return prefixed("negate", innerSigns!, raise(toExpression(base!), exponent));
    }, undefined);
    return prefixed("negate", signs, raise(toExpression(first), raised));
  },
  Postfix_chain: (backward, head, _line, steps) =>
    prefixed("backward", backward, suffixes(spanOf)(head, steps.children)),
  Tight_chain: (head, _close, steps) => suffixes(spanOf)(head, steps.children),
  Applied: (backward, head, _lines, leading, _line, _open, last) => {
    const steps = [...leading.children.map((node) => node.child(0)), last];
    return prefixed("backward", backward, suffixes(spanOf)(head, steps));
  },
  Primary_name: (name) => ({ tag: "name", text: name.sourceString, span: spanOf(name.source) }),
  // The brackets belong to the span, so that a message underlines the whole.
  Primary_group: (open, inner, close) => ({
    ...toExpression(inner),
    span: joinSpans(spanOf(open.source), spanOf(close.source)),
  }),
  Primary_part: (list, _close, parts) =>
    parts.children.reduce<Expression>(
      (target, part) => ({
        tag: "index",
        target,
        indices: part.expressions(),
        span: joinSpans(target.span, spanOf(part.source)),
      }),
      toExpression(list),
    ),
  Concat: (open, first, _semicolons, rest, close) => ({
    tag: "concat",
    parts: [first, ...rest.children].map(toExpression),
    span: joinSpans(spanOf(open.source), spanOf(close.source)),
  }),
  number(_whole, _point, _fraction, _e, _sign, _exponent) {
    return { tag: "number", value: Number(this.sourceString), span: spanOf(this.source) };
  },
});

/** What stands in the brackets of a call or an index. */
export const listActions: RnnActionDict<ReadonlyArray<Expression>> = {
  Indices: (_open, first, _commas, rest, _close) => [first, ...rest.children].map(toExpression),
  Suffix_call: (_open, first, _commas, rest, _others, _named, _close) => [first, ...rest.children].map(toExpression),
  Suffix_namedCall: (_open, _first, _commas, _rest, _close) => [],
  Suffix_emptyCall: (_open, _close) => [],
};

/** What is given by its name in the brackets of a call. */
export const namedActions = (spanOf: (source: Interval) => Span): RnnActionDict<ReadonlyArray<NamedArgument>> => ({
  Suffix_call: (_open, _first, _commas, _rest, _others, named, _close) => named.children.flatMap(toNamed),
  Suffix_namedCall: (_open, first, _commas, rest, _close) => [first, ...rest.children].flatMap(toNamed),
  Suffix_emptyCall: (_open, _close) => [],
  Named(name, _equals, value) {
    return [{ name: name.name(), value: toExpression(value), span: spanOf(this.source) }];
  },
});

const toNamed = (node: Node): ReadonlyArray<NamedArgument> => node.named();

export const toExpression = (node: Node): Expression => node.expression();

const choices =
  (spanOf: (source: Interval) => Span) =>
  (heads: Node, last: Node): Expression =>
    heads.children.reduceRight<Expression>((otherwise, choice) => {
      const [, condition, , then] = choice.children;
      const span = joinSpans(spanOf(choice.source), otherwise.span);
      return { tag: "if", condition: toExpression(condition!), then: toExpression(then!), else: otherwise, span };
    }, toExpression(last));

const condition = (first: Node, operators: Node, rest: Node): Expression => {
  const parts = splitAt(
    operators.children.map((operator) => operator.sourceString === "or"),
    [first, ...rest.children].map(toExpression),
  );
  return parts.map((part) => part.reduce(joinedBy("and"))).reduce(joinedBy("or"));
};

const comparison = (nots: Node, left: Node, comparator: Node, right: Node): Expression => {
  const operator = comparator.children[0];
  const compared =
    operator === undefined
      ? toExpression(left)
      : joinedBy(operator.sourceString)(toExpression(left), toExpression(right.children[0]!));
  return prefixed("not", nots, compared);
};

const signedChain = (signs: Node, first: Node, operators: Node, rest: Node): Expression =>
  chainOnto(prefixed("negate", signs, toExpression(first)), operators, rest);

const signed = (signs: Node, operand: Node): Expression => prefixed("negate", signs, toExpression(operand));

const product = (first: Node, joints: Node, rest: Node): Expression => {
  const factors = [first, ...rest.children].map(toExpression);
  const explicit = joints.children.map((joint) => joint.sourceString.endsWith("@"));
  return factors.reduceRight((right, left, i) => {
    const span = joinSpans(left.span, right.span);
    return { tag: "product", left, right, explicit: explicit[i]!, span };
  });
};

const chain = (first: Node, operators: Node, rest: Node): Expression => chainOnto(toExpression(first), operators, rest);

const chainOnto = (first: Expression, operators: Node, rest: Node): Expression =>
  rest.children.reduce<Expression>(
    (left, right, i) => joinedBy(operators.children[i]!.sourceString)(left, toExpression(right)),
    first,
  );

const joinedBy =
  (operator: string) =>
  (left: Expression, right: Expression): Expression => ({
    tag: "binary",
    operator: operator as BinaryOperator,
    left,
    right,
    span: joinSpans(left.span, right.span),
  });

const raise = (base: Expression, exponent: Expression | undefined): Expression =>
  exponent === undefined ? base : { tag: "power", base, exponent, span: joinSpans(base.span, exponent.span) };

const prefixed = (tag: "negate" | "not" | "backward", marks: Node, operand: Expression): Expression =>
  marks.children.reduceRight<Expression>(
    (inner, mark) => ({ tag, operand: inner, span: { ...inner.span, start: mark.source.startIdx } }),
    operand,
  );

/** The elements, cut after each place where `cuts` holds. */
const splitAt = <T>(cuts: ReadonlyArray<boolean>, elements: ReadonlyArray<T>): ReadonlyArray<ReadonlyArray<T>> => {
  const ends = [...cuts.flatMap((cut, i) => (cut ? [i + 1] : [])), elements.length];
  return ends.map((end, i) => elements.slice(i === 0 ? 0 : ends[i - 1], end));
};

/** Calls and indexings, applied from left to right. */
const suffixes =
  (spanOf: (source: Interval) => Span) =>
  (head: Node, steps: ReadonlyArray<Node>): Expression =>
    steps.reduce<Expression>((target, step) => {
      const span = joinSpans(target.span, spanOf(step.source));
      const form = step.child(0).ctorName;
      if (form === "Suffix_index") return { tag: "index", target, indices: step.expressions(), span };
      if (form === "Suffix_member") return { tag: "member", target, name: step.child(0).child(1).name(), span };
      const named = toNamed(step);
      return { tag: "apply", target, arguments: step.expressions(), ...(named.length === 0 ? {} : { named }), span };
    }, toExpression(head));

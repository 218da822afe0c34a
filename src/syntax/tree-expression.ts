import type { Interval, Node } from "ohm-js";
import type { RnnActionDict } from "../../grammar/rnn.ohm-bundle.js";
import { joinSpans, type Span } from "./span.ts";
import type { BinaryOperator, Expression } from "./tree.ts";

/** How each rule for an expression becomes a tree. Chains are folded here: the grammar matches them as repetitions. */
export const expressionActions = (spanOf: (source: Interval) => Span): RnnActionDict<Expression> => ({
  Expression: (choices, last) =>
    choices.children.reduceRight<Expression>((otherwise, choice) => {
      const [, condition, , then] = choice.children;
      const span = joinSpans(spanOf(choice.source), otherwise.span);
      return { tag: "if", condition: toExpression(condition!), then: toExpression(then!), else: otherwise, span };
    }, toExpression(last)),
  Or: chain,
  And: chain,
  Additive: chain,
  Multiplicative: chain,
  Comparison_compared: (left, operator, right) => binary(operator, toExpression(left), toExpression(right)),
  Not: (nots, operand) =>
    nots.children.reduceRight<Expression>(
      (inner, not) => ({ tag: "not", operand: inner, span: joinSpans(spanOf(not.source), inner.span) }),
      toExpression(operand),
    ),
  Unary: (signs, operand) => negate(signs, toExpression(operand)),
  Product: (first, joints, rest) => {
    const factors = [first, ...rest.children].map(toExpression);
    const explicit = joints.children.map((joint) => joint.sourceString.endsWith("@"));
    return factors.slice(0, -1).reduceRight<Expression>(
      (right, left, i) => ({
        tag: "product",
        left,
        right,
        explicit: explicit[i]!,
        span: joinSpans(left.span, right.span),
      }),
      factors.at(-1)!,
    );
  },
  Power_raised: (base, _hat, exponent) => raise(toExpression(base), toExpression(exponent)),
  Exponent: (signs, first, rest) => {
    const raised = rest.children.reduceRight<Expression | undefined>((exponent, step) => {
      const [, stepSigns, base] = step.children;
      return negate(stepSigns!, raise(toExpression(base!), exponent));
    }, undefined);
    return negate(signs, raise(toExpression(first), raised));
  },
  Transposed: (operand, _hats, marks) =>
    marks.children.reduce<Expression>(
      (inner, mark) => ({ tag: "transpose", operand: inner, span: joinSpans(inner.span, spanOf(mark.source)) }),
      toExpression(operand),
    ),
  Prefixed_backward: (backward, operand) => {
    const inner = toExpression(operand);
    return { tag: "backward", operand: inner, span: joinSpans(spanOf(backward.source), inner.span) };
  },
  Postfix_chain: (head, _line, steps) => suffixes(spanOf)(head, steps),
  Tight_chain: (head, _close, steps) => suffixes(spanOf)(head, steps),
  Head_name: (name) => ({ tag: "name", text: name.sourceString, span: spanOf(name.source) }),
  // The brackets belong to the span, so that a message underlines the whole.
  Head_group: (open, inner, close) => ({
    ...toExpression(inner),
    span: joinSpans(spanOf(open.source), spanOf(close.source)),
  }),
  Concat: (open, parts, close) => ({
    tag: "concat",
    parts: toExpressions(parts),
    span: joinSpans(spanOf(open.source), spanOf(close.source)),
  }),
  number(_whole, _point, _fraction, _e, _sign, _exponent) {
    return { tag: "number", value: Number(this.sourceString), span: spanOf(this.source) };
  },
});

export const toExpression = (node: Node): Expression => node.expression();

/** The elements of a `ListOf`. */
export const toExpressions = (list: Node): ReadonlyArray<Expression> => list.asIteration().children.map(toExpression);

const chain = (first: Node, operators: Node, rest: Node): Expression =>
  rest.children.reduce<Expression>(
    (left, right, i) => binary(operators.children[i]!, left, toExpression(right)),
    toExpression(first),
  );

const binary = (operator: Node, left: Expression, right: Expression): Expression => ({
  tag: "binary",
  operator: operator.sourceString as BinaryOperator,
  left,
  right,
  span: joinSpans(left.span, right.span),
});

const raise = (base: Expression, exponent: Expression | undefined): Expression =>
  exponent === undefined ? base : { tag: "power", base, exponent, span: joinSpans(base.span, exponent.span) };

const negate = (signs: Node, operand: Expression): Expression =>
  signs.children.reduceRight<Expression>(
    (inner, sign) => ({
      tag: "negate",
      operand: inner,
      span: { ...inner.span, start: sign.source.startIdx },
    }),
    operand,
  );

/** Calls and indexings, applied from left to right. */
const suffixes =
  (spanOf: (source: Interval) => Span) =>
  (head: Node, steps: Node): Expression =>
    steps.children.reduce<Expression>((target, step) => {
      const span = joinSpans(target.span, spanOf(step.source));
      return step.child(0).ctorName === "Suffix_call"
        ? { tag: "apply", target, arguments: step.expressions(), span }
        : { tag: "index", target, indices: step.expressions(), span };
    }, toExpression(head));

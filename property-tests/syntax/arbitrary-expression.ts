import fc from "fast-check";
import type { BinaryOperator, Expression, NamedArgument } from "../../src/syntax/tree.ts";

export const span = { file: "", start: 0, end: 0 };

const keywords = new Set(
  "import from model cell axis input in until param noise let for output with minimize backward if then else and or not".split(
    " ",
  ),
);

export const names: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(
      "x",
      "W",
      "h",
      "t",
      "T",
      "R",
      "symbol",
      "_",
      "h'",
      "ŷ",
      "y\u0302",
      "α",
      "e1",
      "model2",
      "in_",
      "tanh",
      "when",
      "reset",
      "fixed",
      "weight",
    ),
    fc.stringMatching(/^[a-zA-Z_λΣ][a-zA-Z0-9_'λ]{0,8}$/),
  )
  .filter((text) => !keywords.has(text));

const numbers: fc.Arbitrary<Expression> = fc
  .oneof(fc.nat(20), fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }))
  .map((value) => ({ tag: "number", value: value === 0 ? 0 : value, span }));

const nameExpressions: fc.Arbitrary<Expression> = names.map((text) => ({ tag: "name", text, span }));

const operators: ReadonlyArray<BinaryOperator> = ["+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or"];

type Pair = readonly [Expression, Expression];
type Listed = readonly [Expression, ReadonlyArray<Expression>];

const juxtaposed = ([left, right]: Pair): Expression => ({ tag: "product", left, right, explicit: false, span });
const multiplied = ([left, right]: Pair): Expression => ({ tag: "product", left, right, explicit: true, span });
const raised = ([base, exponent]: Pair): Expression => ({ tag: "power", base, exponent, span });
const sum = ([left, right]: Pair): Expression => ({ tag: "binary", operator: "+", left, right, span });
const indexed = ([target, indices]: Listed): Expression => ({ tag: "index", target, indices, span });
const applied = ([target, given]: Listed): Expression => ({ tag: "apply", target, arguments: given, span });
const namedArguments = (value: fc.Arbitrary<Expression>): fc.Arbitrary<ReadonlyArray<NamedArgument>> =>
  fc.array(
    fc.tuple(names, value).map(([text, given]) => ({ name: { text, span }, value: given, span })),
    { minLength: 1, maxLength: 2 },
  );
const appliedByName = ([target, given, named]: readonly [...Listed, ReadonlyArray<NamedArgument>]): Expression => ({
  tag: "apply",
  target,
  arguments: given,
  named,
  span,
});
const concatenated = (parts: ReadonlyArray<Expression>): Expression => ({ tag: "concat", parts, span });

type Sorts = {
  readonly any: Expression;
  /** Begins with a name, a number, a concatenation of several parts or a raised bracket: it can follow any factor. */
  readonly follower: Expression;
  /** Takes no bracket behind it: anything can follow it. */
  readonly leader: Expression;
};

/**
 * Well-formed expressions. `W (a + b)` and `W [a]` are a call and an index, so no product by juxtaposition has a factor
 * in brackets behind one that takes them, unless it is raised to a power, as in `W (a + b)^2`.
 */
const sorts = fc.letrec<Sorts>((tie) => {
  const any = tie("any");
  const several = fc.array(any, { minLength: 1, maxLength: 3 });
  const named = fc.oneof(
    nameExpressions,
    fc.tuple(nameExpressions, several).map(indexed),
    fc.tuple(nameExpressions, several).map(applied),
  );
  return {
    any: fc.oneof(
      { depthSize: "small" },
      nameExpressions,
      numbers,
      tie("follower"),
      tie("leader"),
      fc
        .tuple(fc.constantFrom(...operators), any, any)
        .map(([operator, left, right]): Expression => ({ tag: "binary", operator, left, right, span })),
      fc
        .tuple(fc.constantFrom("negate", "not", "backward", "transpose"), any)
        .map(([tag, operand]): Expression => ({ tag, operand, span })),
      fc.tuple(any, several).map(indexed),
      fc.tuple(any, names).map(([target, text]): Expression => ({ tag: "member", target, name: { text, span }, span })),
      fc.tuple(any, fc.array(any, { maxLength: 3 })).map(applied),
      fc.tuple(any, fc.array(any, { maxLength: 2 }), namedArguments(any)).map(appliedByName),
      fc.tuple(any, tie("follower")).map(juxtaposed),
      fc.tuple(tie("leader"), any).map(juxtaposed),
      fc.tuple(any, any).map(multiplied),
      several.map(concatenated),
      fc
        .tuple(any, any, any)
        .map(([condition, chosen, other]): Expression => ({ tag: "if", condition, then: chosen, else: other, span })),
    ),
    follower: fc.oneof(
      { depthSize: "small" },
      named,
      numbers,
      fc.array(any, { minLength: 2, maxLength: 3 }).map(concatenated),
      fc.tuple(named, any).map(raised),
      fc.tuple(fc.tuple(any, any).map(sum), any).map(raised),
      fc.tuple(named, tie("follower")).map(juxtaposed),
    ),
    leader: fc.oneof(
      { depthSize: "small" },
      numbers,
      any.map((operand): Expression => ({ tag: "transpose", operand, span })),
      fc.tuple(any, any).map(raised),
    ),
  };
});

export const expressions: fc.Arbitrary<Expression> = sorts.any;

/** What `when` and `reset` stand behind. */
export const applications: fc.Arbitrary<Expression> = fc
  .tuple(expressions, fc.array(expressions, { maxLength: 2 }), fc.boolean())
  .map(([target, given, isBackward]) => {
    const application = applied([target, given]);
    return isBackward ? { tag: "backward", operand: application, span } : application;
  });

import fc from "fast-check";
import type { Boundary, Definition, Import, Name, Program, Statement, Type, Variable } from "../../src/syntax/tree.ts";
import { applications, expressions, names, span } from "./arbitrary-expression.ts";

/** Well-formed programs: those that some source text stands for. Their spans say nothing. */
const name: fc.Arbitrary<Name> = names.map((text) => ({ text, span }));

const variable: fc.Arbitrary<Variable> = fc.record({
  name,
  indices: fc.array(expressions, { maxLength: 2 }),
  span: fc.constant(span),
});

const some = <T>(element: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyArray<T>> =>
  fc.array(element, { minLength: 1, maxLength: 3 });

const type: fc.Arbitrary<Type> = fc.oneof(
  fc.array(expressions, { maxLength: 2 }).map((sizes): Type => ({ tag: "real", sizes, span })),
  expressions.map((size): Type => ({ tag: "symbol", size, span })),
);

const boundary: fc.Arbitrary<Boundary> = fc.record({ variable, value: expressions, span: fc.constant(span) });

/** A record some of whose keys may be absent. */
const tagged = <T extends Statement["tag"], R extends object>(
  tag: T,
  keys: { [K in keyof R]: fc.Arbitrary<R[K]> },
  required: ReadonlyArray<keyof R>,
): fc.Arbitrary<Extract<Statement, { tag: T }>> =>
  fc
    .record(keys, { requiredKeys: [...required] as never })
    .map((record) => ({ tag, ...record, span }) as unknown as Extract<Statement, { tag: T }>);

const equation = fc.oneof(
  tagged(
    "equation",
    {
      output: fc.boolean(),
      form: fc.constant("single"),
      targets: variable.map((target) => [target]),
      type,
      value: expressions,
      with: fc.array(boundary, { maxLength: 2 }),
    },
    ["output", "form", "targets", "value", "with"],
  ),
  tagged(
    "equation",
    {
      output: fc.boolean(),
      form: fc.constantFrom("split", "results"),
      targets: some(variable),
      value: expressions,
      with: fc.array(boundary, { maxLength: 2 }),
    },
    ["output", "form", "targets", "value", "with"],
  ),
);

const gated = tagged(
  "equation",
  {
    output: fc.boolean(),
    form: fc.constant("single"),
    targets: variable.map((target) => [target]),
    type,
    value: applications,
    when: expressions,
    reset: expressions,
    with: fc.array(boundary, { maxLength: 2 }),
  },
  ["output", "form", "targets", "value", "with"],
);

const simple: ReadonlyArray<fc.Arbitrary<Statement>> = [
  tagged("axis", { name, lower: expressions, upper: expressions, until: expressions }, ["name", "lower", "upper"]),
  tagged("input", { variables: some(variable), type }, ["variables"]),
  tagged("param", { isFixed: fc.boolean(), names: some(variable), type, initialiser: expressions }, [
    "isFixed",
    "names",
  ]),
  tagged("noise", { variables: some(variable), type, distribution: expressions }, ["variables", "distribution"]),
  tagged("let", { name, value: expressions }, ["name", "value"]),
  equation,
  gated,
  tagged("output", { variables: some(variable) }, ["variables"]),
  tagged("random", { variable, type, distribution: expressions, weight: expressions }, ["variable", "distribution"]),
  tagged("minimize", { value: expressions }, ["value"]),
];

const statements: fc.Arbitrary<Statement> = fc.letrec<{ statement: Statement }>((tie) => ({
  statement: fc.oneof(
    { depthSize: "small" },
    ...simple,
    tagged(
      "for",
      { index: name, lower: expressions, upper: expressions, body: fc.array(tie("statement"), { maxLength: 3 }) },
      ["index", "lower", "upper", "body"],
    ),
  ),
})).statement;

const statics = fc.array(
  fc.record({ name, default: expressions, span: fc.constant(span) }, { requiredKeys: ["name", "span"] }),
  { maxLength: 3 },
);
const inputs = fc.array(variable, { maxLength: 3 });
const body = fc.array(statements, { maxLength: 4 });

const definition: fc.Arbitrary<Definition> = fc.oneof(
  fc.record({ name, statics, body }).map((record): Definition => ({ tag: "model", ...record, span })),
  fc
    .record({ name, statics, arguments: inputs, results: some(variable), body })
    .map((record): Definition => ({ tag: "cell", ...record, span })),
  fc
    .record({ name, arguments: inputs, result: expressions })
    .map((record): Definition => ({ tag: "function", ...record, span })),
);

const imported: fc.Arbitrary<Import> = fc
  .record({ names: some(name), from: fc.constantFrom("std", "./cells.rnn", "../a b/c\\d.rnn", "") })
  .map((record) => ({ ...record, fromSpan: span, span }));

export const programs: fc.Arbitrary<Program> = fc.record({
  imports: fc.array(imported, { maxLength: 2 }),
  definitions: fc.array(definition, { maxLength: 3 }),
  span: fc.constant(span),
});

/** The same tree with every span equal to that of the arbitrary trees. */
export const withoutSpans = <T>(tree: T): T =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === "span" || key === "fromSpan" ? span : value)));

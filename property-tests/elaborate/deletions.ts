import type { Span } from "../../src/syntax/span.ts";
import type { Program, Statement } from "../../src/syntax/tree.ts";

/** A program without one of the pieces that were written in it. */
export interface Deletion {
  readonly piece: Span;
  readonly without: Program;
}

/** Every statement, member of a list, boundary and word that can be left out of the models of a program. */
export const deletions = (program: Program): ReadonlyArray<Deletion> => [
  ...program.imports.flatMap(({ names }, i) =>
    names.map(
      ({ span }, j): Deletion => ({
        piece: span,
        without: {
          ...program,
          imports: program.imports.map((each, at) => (at === i ? { ...each, names: names.toSpliced(j, 1) } : each)),
        },
      }),
    ),
  ),
  ...program.definitions.flatMap((definition, i) =>
    definition.tag !== "model"
      ? []
      : shorter(definition.body).map(
          ({ piece, without: body }): Deletion => ({
            piece,
            without: { ...program, definitions: program.definitions.with(i, { ...definition, body }) },
          }),
        ),
  ),
];

interface Shorter<A> {
  readonly piece: Span;
  readonly without: A;
}

const shorter = (body: ReadonlyArray<Statement>): ReadonlyArray<Shorter<ReadonlyArray<Statement>>> =>
  body.flatMap((statement, i) => [
    { piece: statement.span, without: body.toSpliced(i, 1) },
    ...parts(statement).map(({ piece, without }) => ({ piece, without: body.with(i, without) })),
  ]);

const parts = (statement: Statement): ReadonlyArray<Shorter<Statement>> => {
  switch (statement.tag) {
    case "input":
    case "noise":
    case "output": {
      const { variables } = statement;
      if (variables.length < 2) return [];
      return variables.map(({ span }, i) => ({
        piece: span,
        without: { ...statement, variables: variables.toSpliced(i, 1) },
      }));
    }
    case "param": {
      const { names } = statement;
      if (names.length < 2) return [];
      return names.map(({ span }, i) => ({ piece: span, without: { ...statement, names: names.toSpliced(i, 1) } }));
    }
    case "axis": {
      const { until, ...rest } = statement;
      return until === undefined ? [] : [{ piece: until.span, without: rest }];
    }
    case "for":
      return shorter(statement.body).map(({ piece, without }) => ({ piece, without: { ...statement, body: without } }));
    case "equation":
      return [
        ...statement.with.map(({ span }, i) => ({
          piece: span,
          without: { ...statement, with: statement.with.toSpliced(i, 1) },
        })),
        ...(["when", "reset"] as const).flatMap((word) => {
          const { [word]: mask, ...without } = statement;
          return mask === undefined ? [] : [{ piece: mask.span, without }];
        }),
        ...(statement.output ? [{ piece: statement.span, without: { ...statement, output: false } }] : []),
        ...(statement.value.tag === "backward"
          ? [{ piece: statement.value.span, without: { ...statement, value: statement.value.operand } }]
          : []),
      ];
    case "let":
    case "random":
    case "minimize":
      return [];
  }
};

import fc from "fast-check";
import { call, nowhere as span } from "../../src/syntax/make.ts";
import { print } from "../../src/syntax/print.ts";
import type { Expression, Program, Statement } from "../../src/syntax/tree.ts";
import { declarations, namesIn, ownCell, standardCells } from "./declarations.ts";
import { type Entry, type Gene, type Manner, newGrowth, read } from "./growth.ts";
import { express } from "./kinds.ts";
import { nameOf, over, times } from "./tree.ts";

/** A well-typed program: recurrences forwards and backwards, cells, attention, grids, targets. */
export interface RandomProgram {
  readonly source: string;
}

const genes: fc.Arbitrary<Gene> = fc.record({ kind: fc.nat(999), a: fc.nat(30), b: fc.nat(30), c: fc.nat(30) });

/**
 * A program is a list of genes, each of which adds an equation or two that read earlier values, the latest first. So
 * leaving out a gene leaves out its equations, and what nothing needs any more goes too. Smooth ones have no kinks.
 */
export const programs = (manner: Manner): fc.Arbitrary<RandomProgram> =>
  fc.array(genes, { minLength: 1, maxLength: 8, size: "max" }).map((tape) => {
    const source = print(grow(tape, manner));
    return { source, [fc.toStringMethod]: () => `\n${source}` };
  });

const grow = (tape: ReadonlyArray<Gene>, manner: Manner): Program => {
  const growth = newGrowth(manner);
  const given = growth.entries.length;
  for (const gene of tape) express(growth, gene);
  const last = growth.entries.slice(given).slice(-3);
  const losses = last.map((entry): Statement => ({ tag: "minimize", value: lossOf(entry), span }));
  const results = new Set(last.filter(({ isVariable }) => isVariable).map(({ name }) => name));
  const statements = growth.statements.map((statement) =>
    statement.tag === "equation" && statement.type !== undefined && results.has(statement.targets[0]!.name.text)
      ? { ...statement, output: true }
      : statement,
  );
  const body = needed([...declarations, ...statements, ...losses]);
  const used = new Set(body.flatMap(namesIn));
  const imported = standardCells.filter((cell) => used.has(cell));
  return {
    imports: imported.length === 0 ? [] : [{ names: imported.map(nameOf), from: "std", fromSpan: span, span }],
    definitions: [...(used.has("Leak") ? [ownCell] : []), { tag: "model", name: nameOf("M"), statics: [], body, span }],
    span,
  };
};

const lossOf = (entry: Entry): Expression => {
  const value = times(read(entry), call("sin", read(entry)));
  return over("sum", entry.axes, entry.size === undefined ? value : call("sum", value));
};

/** Of the statements those that the losses need, directly or through others. */
const needed = (statements: ReadonlyArray<Statement>): ReadonlyArray<Statement> => {
  const isRoot = ({ tag }: Statement): boolean => tag === "minimize" || tag === "random";
  const spread = (reached: ReadonlySet<string>): ReadonlySet<string> => {
    const kept = statements.filter(
      (statement) => isRoot(statement) || definedBy(statement).some((name) => reached.has(name)),
    );
    const grown = new Set([...reached, ...kept.flatMap(namesIn)]);
    return grown.size === reached.size ? reached : spread(grown);
  };
  const reached = spread(new Set());
  return statements.filter((statement) => isRoot(statement) || definedBy(statement).some((name) => reached.has(name)));
};

const definedBy = (statement: Statement): ReadonlyArray<string> => {
  if (statement.tag === "equation") return statement.targets.map(({ name }) => name.text);
  if (statement.tag === "param") return statement.names.map(({ name }) => name.text);
  if (statement.tag === "input") return statement.variables.map(({ name }) => name.text);
  if (statement.tag === "for") return statement.body.flatMap(definedBy);
  return statement.tag === "axis" || statement.tag === "let" ? [statement.name.text] : [];
};

import * as E from "fp-ts/lib/Either.js";
import { once } from "../../once.ts";
import { parse } from "../../syntax/parse.ts";
import type { Definition, Expression, Statement, Type, Variable } from "../../syntax/tree.ts";

/** What a program says of the data that it reads, seen in its tree: before sizes that the data give are known. */
export interface DeclaredVariable {
  readonly name: string;
  readonly role: "input" | "target";
  readonly axes: ReadonlyArray<string>;
  readonly type: DeclaredType;
  /** Symbols that the program itself names: where a sequence begins and ends. */
  readonly reserved: ReadonlyArray<{ readonly symbol: Size; readonly name: string }>;
  /** Whether a value that training never showed may come: what is only predicted is one of those known. */
  readonly isOpen: boolean;
  /** Of a target: what draws it, with the names of what it is drawn from. */
  readonly drawn: Drawn | undefined;
}

export interface Drawn {
  readonly family: string;
  /** Of each argument that is a variable, its name; of a number, the number. */
  readonly from: ReadonlyArray<string | number | undefined>;
  /** Whether the first of these is read at the position of the target itself. */
  readonly isThere: boolean;
}

export type DeclaredType =
  | { readonly tag: "real"; readonly sizes: ReadonlyArray<Size> }
  | { readonly tag: "symbol"; readonly size: Size }
  | { readonly tag: "truth" }
  | { readonly tag: "position" };

/** A number, the name of a static parameter, or something that the compiler alone works out. */
export type Size = number | string | undefined;

/** The types of variables by their names. */
type Types = ReadonlyMap<string, DeclaredType>;

/**
 * What the model that would be compiled declares; nothing if the source does not parse or has no such model. Where no type
 * is written, it is the one that is `inferred`, which is asked for only then; or else a number.
 */
export const declaredIn = (
  source: string,
  file: string,
  model?: string,
  inferred: () => Types = () => new Map(),
): ReadonlyArray<DeclaredVariable> => {
  const parsed = parse(source, file);
  if (E.isLeft(parsed)) return [];
  const found = parsed.right.definitions.find(
    (definition) => definition.tag === "model" && (model === undefined || definition.name.text === model),
  );
  return found?.tag === "model" ? declarations(found, once(inferred)) : [];
};

const declarations = (
  { body }: Extract<Definition, { tag: "model" }>,
  inferred: () => Types,
): ReadonlyArray<DeclaredVariable> => {
  const inputs = body.flatMap((statement) =>
    statement.tag === "input" ? statement.variables.map((variable) => input(variable, statement.type, inferred)) : [],
  );
  const targets = body.flatMap((statement) =>
    statement.tag === "random" && !inputs.some(({ name }) => name === statement.variable.name.text)
      ? [target(body, statement, inferred)]
      : [],
  );
  return [...inputs, ...targets];
};

const input = ({ name, indices }: Variable, type: Type | undefined, inferred: () => Types): DeclaredVariable => ({
  name: name.text,
  role: "input",
  axes: indices.map(axisOf),
  type: typeOf(type === undefined ? inferred().get(name.text) : writtenType(type), undefined),
  reserved: [],
  isOpen: true,
  drawn: undefined,
});

const target = (
  body: ReadonlyArray<Statement>,
  statement: Extract<Statement, { tag: "random" }>,
  inferred: () => Types,
): DeclaredVariable => {
  const { variable, distribution } = statement;
  const name = variable.name.text;
  const ends = body.flatMap((other) => (other.tag === "axis" ? endOf(name, other.until) : []));
  const starts = body.flatMap((other) =>
    other.tag === "equation" && other.targets.some((by) => by.name.text === name) ? [sizeOf(other.value)] : [],
  );
  const axes = variable.indices.map(axisOf);
  const drawn = drawnBy(distribution, axes);
  return {
    name,
    role: "target",
    axes,
    type: typeOf(statement.type === undefined ? inferred().get(name) : writtenType(statement.type), drawn),
    reserved: [
      ...ends.map((symbol) => ({ symbol, name: "<end>" })),
      ...starts.filter((start) => !ends.includes(start)).map((symbol) => ({ symbol, name: "<start>" })),
    ].filter(({ symbol }) => symbol !== undefined),
    isOpen: body.some((other) => other.tag !== "axis" && other !== statement && reads(name, readsOf(other))),
    drawn,
  };
};

/** What a statement reads: what an equation defines is no reading. */
const readsOf = (statement: Statement): unknown =>
  statement.tag === "equation"
    ? [statement.value, statement.when, statement.reset, statement.with]
    : statement.tag === "output"
      ? []
      : statement;

const reads = (name: string, part: unknown): boolean => {
  if (part === null || typeof part !== "object") return false;
  const { tag, text } = part as { readonly tag?: string; readonly text?: string };
  return (tag === "name" && text === name) || Object.values(part).some((inner) => reads(name, inner));
};

const endOf = (name: string, until: Expression | undefined): ReadonlyArray<Size> =>
  until?.tag === "binary" && until.operator === "==" && reads(name, until.left) ? [sizeOf(until.right)] : [];

const axisOf = (index: Expression): string => (index.tag === "name" ? index.text : "");

const sizeOf = (expression: Expression): Size =>
  expression.tag === "number" ? expression.value : expression.tag === "name" ? expression.text : undefined;

const writtenType = (type: Type): DeclaredType => {
  if (type.tag === "symbol") return { tag: "symbol", size: sizeOf(type.size) };
  if (type.tag === "position") return { tag: "position" };
  return { tag: "real", sizes: type.sizes.map(sizeOf) };
};

/** Several truths at one place are a vector of zeros and ones. */
const typeOf = (type: DeclaredType = number, drawn: Drawn | undefined): DeclaredType =>
  drawn?.family === "bernoulli" && type.tag === "real" && type.sizes.length === 0 ? { tag: "truth" } : type;

const number: DeclaredType = { tag: "real", sizes: [] };

const drawnBy = (distribution: Expression, axes: ReadonlyArray<string>): Drawn | undefined => {
  if (distribution.tag !== "apply" || distribution.target.tag !== "name") return undefined;
  return {
    family: distribution.target.text,
    from: distribution.arguments.map((argument) =>
      argument.tag === "index" ? sizeOf(argument.target) : sizeOf(argument),
    ),
    isThere: isAt(distribution.arguments[0], axes),
  };
};

const isAt = (argument: Expression | undefined, axes: ReadonlyArray<string>): boolean =>
  argument?.tag === "name" ||
  (argument?.tag === "index" && argument.indices.every((index) => index.tag === "name" && axes.includes(index.text)));

import { identifierOf } from "../../mangle.ts";
import { pythonWords } from "./names.ts";
import { indented } from "./text.ts";

/** A line that gives a value its name; what else stands with it. */
export interface Statement {
  readonly lines: ReadonlyArray<string>;
  readonly made?: {
    /** Its name here, and without the loops that it is in. */
    readonly name: string;
    readonly base: string;
    readonly comment: string | undefined;
    readonly text: string;
    /** Whether it is read where nothing else here is: it is a result. */
    readonly isResult: boolean;
    /** What is done with it outside of a cell. */
    readonly after: ReadonlyArray<string>;
    /** The cell that it is part of, as the paths of its parameters begin. */
    readonly cell: string | undefined;
  };
}

/** What is known of names: those of this function, without the loops that they are in. */
export interface Scope {
  readonly baseOf: (name: string) => string | undefined;
  readonly turns: ReadonlyArray<string>;
}

/** A method of a cell; the name of the one that has this text. */
export type Keep = (cell: string, given: ReadonlyArray<string>, body: ReadonlyArray<string>) => string;

type Made = NonNullable<Statement["made"]>;

/**
 * Statements of a cell in a row become one call of its module. They must be able to stand together: nothing between them
 * reads one of them, or none of them reads what stands between.
 */
export const withCells = (
  statements: ReadonlyArray<Statement>,
  scope: Scope,
  place: (cell: string) => string,
  keep: Keep,
): ReadonlyArray<string> => {
  const cells = [...new Set(statements.flatMap(({ made }) => (made?.cell === undefined ? [] : [made.cell])))];
  const together = cells.reduce<ReadonlyArray<Statement>>(
    (before, cell) => called(before, cell, scope, place, keep) ?? before,
    statements,
  );
  return together.flatMap(({ lines }) => lines);
};

const called = (
  statements: ReadonlyArray<Statement>,
  cell: string,
  scope: Scope,
  place: (cell: string) => string,
  keep: Keep,
): ReadonlyArray<Statement> | undefined => {
  const isMember = ({ made }: Statement): boolean => made?.cell === cell;
  const members = statements.flatMap(({ made }) => (made?.cell === cell ? [made] : []));
  if (members.length < 2) return undefined;
  const [first, last] = [statements.findIndex(isMember), statements.findLastIndex(isMember)];
  const between = statements.slice(first, last + 1).filter((each) => !isMember(each));
  const names = members.map(({ name }) => name);
  const later = between.every(({ lines }) => !speaksOf(lines, names));
  const earlier = between.every(({ lines, made }) =>
    members.every(({ text }) => !speaksOf([text], made === undefined ? madeIn(lines) : [made.name])),
  );
  if (!later && !earlier) return undefined;
  const others = [...statements.slice(0, first), ...between, ...statements.slice(last + 1)];
  const results = members.filter(
    ({ name, after, isResult }) => isResult || after.length > 0 || others.some(({ lines }) => speaksOf(lines, [name])),
  );
  const call = callLines(members, results, cell, scope, place, keep);
  const one: Statement = { lines: [...call, ...members.flatMap(({ after }) => after)] };
  return later
    ? [...statements.slice(0, first), ...between, one, ...statements.slice(last + 1)]
    : [...statements.slice(0, first), one, ...between, ...statements.slice(last + 1)];
};

const callLines = (
  members: ReadonlyArray<Made>,
  results: ReadonlyArray<Made>,
  cell: string,
  scope: Scope,
  place: (cell: string) => string,
  keep: Keep,
): ReadonlyArray<string> => {
  const taken = new Set(["self"]);
  const local = localNames(cell, members);
  const own = new Map(
    members.map(({ name, base }) => {
      const chosen = fresh(local(base), taken);
      taken.add(chosen);
      return [name, chosen] as const;
    }),
  );
  const given = new Map<string, string>();
  const self = place(cell);
  const inside = (text: string): string =>
    text.replaceAll(
      token(scope.turns),
      (found: string, name: string, index: string | undefined, offset: number, whole: string) => {
        if (/[.\w"]/.test(whole[offset - 1] ?? "")) return found;
        const known = own.get(name);
        if (known !== undefined) return `${known}${index ?? ""}`;
        const base = scope.baseOf(name);
        if (base === undefined) return found;
        const before = given.get(found) ?? fresh(local(base), taken);
        given.set(found, before);
        taken.add(before);
        return before;
      },
    );
  const body = members.flatMap(({ name, text, comment }) => [
    ...(comment === undefined ? [] : [`# ${comment}`]),
    `${own.get(name)!} = ${inside(text.replaceAll(`${self}.`, "self."))}`,
  ]);
  const told = results.map(({ name }) => own.get(name)!).join(", ");
  const method = keep(cell, [...given.values()], [...body, `return ${told}`]);
  const call = `${self}${method === "forward" ? "" : `.${method}`}(${[...given.keys()].join(", ")})`;
  return [`${results.map(({ name }) => name).join(", ")} = ${call}`];
};

/**
 * What a value is called in its cell: `z` of `h.z`, and of the cell's result what its equation calls that. So cells that are
 * the same are printed the same, whatever the program calls them.
 */
const localNames = (cell: string, members: ReadonlyArray<Made>): ((base: string) => string) => {
  const prefix = identifierOf(cell);
  const result = /^[A-Za-z]\w*/.exec(members.find(({ base }) => base === prefix)?.comment ?? "")?.[0] ?? "h";
  const named = (base: string): string => {
    if (base === prefix) return result;
    if (base.startsWith("from_")) return `from_${named(base.slice(5))}`;
    if (/_inside$/.test(base)) return "inside";
    if (!base.startsWith(`${prefix}_`)) return base;
    const rest = base.slice(prefix.length + 1);
    if (/^\d/.test(rest)) return base;
    return rest === "before" || rest === "after" ? `${result}_${rest}` : rest;
  };
  return (base) => {
    const found = named(base.replace(/_\d+$/, ""));
    return pythonWords.includes(found) ? `${found}_here` : found;
  };
};

/** A name, with what it is read at where loops say so. */
const token = (turns: ReadonlyArray<string>): RegExp => {
  const turn = turns.length === 0 ? "(?!)" : turns.join("|");
  return new RegExp(`([A-Za-z_]\\w*)(\\[(?:(?:(?:${turn})|:)(?:, )?)+\\])?`, "g");
};

const fresh = (wanted: string, taken: ReadonlySet<string>): string => {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? wanted : `${wanted}_${count}`;
    if (!taken.has(candidate)) return candidate;
  }
};

const speaksOf = (lines: ReadonlyArray<string>, names: ReadonlyArray<string>): boolean =>
  lines.some(
    (line) =>
      !line.trimStart().startsWith("#") && names.some((name) => new RegExp(`(?<![.\\w"])${name}\\b`).test(line)),
  );

/** What lines that are no single statement give names to. */
const madeIn = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.flatMap((line) => /^\s*([A-Za-z_]\w*)(?:\[[^\]]*\])? = /.exec(line)?.[1] ?? []);

/** A class for the modules of a cell. */
export const cellClass = (
  name: string,
  about: string,
  methods: ReadonlyArray<readonly [name: string, given: ReadonlyArray<string>, body: ReadonlyArray<string>]>,
): string =>
  [
    `class ${name}(nn.Module):`,
    ...indented([
      `"""${about}"""`,
      ...methods.flatMap(([method, given, body]) => [
        "",
        `def ${method}(${["self", ...given].join(", ")}):`,
        ...indented(body),
      ]),
    ]),
  ].join("\n");

import type { Expression, Program } from "../../src/syntax/tree.ts";

/** A change of a syntax tree: picks are taken modulo what there is to choose from. */
export interface Mutation {
  readonly kind: keyof typeof mutations;
  readonly place: number;
  readonly other: number;
}

/** A program after a change that keeps it a tree, though rarely a right program. */
export const mutate = (program: Program, { kind, place, other }: Mutation): Program =>
  mutations[kind](program, place, other);

type Tree = { readonly [key: string]: unknown };
type Visit = (tree: Tree) => unknown;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Rebuilds every object of a tree, the outermost first; what `visit` changes is not entered. */
const rebuild = (value: unknown, visit: Visit): unknown => {
  if (Array.isArray(value)) return value.map((item) => rebuild(item, visit));
  if (!isTree(value)) return value;
  const visited = visit(value);
  if (visited !== value) return visited;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rebuild(part, visit)]));
};

const all = (program: Program, wanted: (tree: Tree) => boolean): ReadonlyArray<Tree> => {
  const found: Tree[] = [];
  rebuild(program, (tree) => {
    if (wanted(tree)) found.push(tree);
    return tree;
  });
  return found;
};

const replace = (program: Program, old: Tree, by: unknown): Program =>
  rebuild(program, (tree) => (tree === old ? by : tree)) as Program;

const pick = <A>(items: ReadonlyArray<A>, place: number): A => items[place % items.length]!;

const expressions: ReadonlySet<unknown> = new Set<Expression["tag"]>([
  "number",
  "name",
  "index",
  "apply",
  "product",
  "binary",
  "negate",
  "not",
  "power",
  "transpose",
  "concat",
  "if",
  "backward",
]);
const isExpression = (tree: Tree): boolean => expressions.has(tree.tag);
const isStatementList = (tree: Tree): boolean => Array.isArray(tree.body) && tree.body.length > 0;

const withBody =
  (change: (body: ReadonlyArray<unknown>, other: number) => ReadonlyArray<unknown>) =>
  (program: Program, place: number, other: number): Program => {
    const owner = pick(all(program, isStatementList), place);
    return replace(program, owner, { ...owner, body: change(owner.body as ReadonlyArray<unknown>, other) });
  };

const mutations = {
  "copy an expression": (program, place, other) => {
    const found = all(program, isExpression);
    return replace(program, pick(found, place), pick(found, other));
  },
  "copy indices": (program, place, other) => {
    const found = all(program, (tree) => Array.isArray(tree.indices) && tree.indices.length > 0);
    return found.length === 0
      ? program
      : replace(program, pick(found, place), { ...pick(found, place), indices: pick(found, other).indices });
  },
  "turn round indices": (program, place) => {
    const owner = pick(
      all(program, (tree) => Array.isArray(tree.indices)),
      place,
    );
    return replace(program, owner, { ...owner, indices: (owner.indices as ReadonlyArray<unknown>).toReversed() });
  },
  "copy a name": (program, place, other) => {
    const found = all(program, (tree) => tree.tag === undefined && typeof tree.text === "string");
    return replace(program, pick(found, place), pick(found, other));
  },
  "copy a type": (program, place, other) => {
    const found = all(program, (tree) => tree.tag === "real" || tree.tag === "symbol");
    return found.length === 0 ? program : replace(program, pick(found, place), pick(found, other));
  },
  "wrap an expression": (program, place, other) => {
    const operand = pick(all(program, isExpression), place) as Tree & Expression;
    const { span } = operand;
    const wrapped: ReadonlyArray<Expression> = [
      { tag: "transpose", operand, span },
      { tag: "negate", operand, span },
      { tag: "backward", operand, span },
      { tag: "power", base: operand, exponent: { tag: "number", value: 2, span }, span },
      { tag: "concat", parts: [operand, operand], span },
      { tag: "if", condition: operand, then: operand, else: operand, span },
      { tag: "index", target: operand, indices: [{ tag: "number", value: 0, span }], span },
      { tag: "binary", operator: "-", left: operand, right: { tag: "number", value: 1, span }, span },
      { tag: "product", left: operand, right: operand, explicit: true, span },
      ...["sum", "softmax", "onehot", "stop", "sumsq"].map(
        (text): Expression => ({ tag: "apply", target: { tag: "name", text, span }, arguments: [operand], span }),
      ),
    ];
    return replace(program, operand, pick(wrapped, other));
  },
  "drop a statement": withBody((body, other) => body.toSpliced(other % body.length, 1)),
  "move a statement": withBody((body, other) => [
    ...body.slice(1 + (other % body.length)),
    ...body.slice(0, 1 + (other % body.length)),
  ]),
  "turn round operands": (program, place) => {
    const found = all(program, (tree) => isTree(tree.left) && isTree(tree.right));
    if (found.length === 0) return program;
    const { left, right, ...rest } = pick(found, place);
    return replace(program, pick(found, place), { ...rest, left: right, right: left });
  },
} as const satisfies Record<string, (program: Program, place: number, other: number) => Program>;

export const mutationKinds = Object.keys(mutations) as ReadonlyArray<Mutation["kind"]>;

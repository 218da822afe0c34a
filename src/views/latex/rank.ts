import { match } from "../../match.ts";
import type { Expression } from "../../syntax/tree.ts";

/** How many indices a variable has, and how many sides: none of a number, one of a vector, two of a matrix. */
export interface Kind {
  readonly indices: number;
  readonly sides: number;
}

/** The sides of an expression, where they are known. */
export type RankOf = (expression: Expression) => number | undefined;

export const ranks = (kinds: ReadonlyMap<string, Kind>): RankOf => {
  const rankOf: RankOf = match<Expression, number | undefined>({
    number: () => 0,
    name: ({ text }) => readAt(kinds.get(text), 0),
    index: ({ target, indices }) => {
      const read = indices.filter((index) => !isRange(index)).length;
      const kind = target.tag === "name" ? kinds.get(target.text) : { indices: 0, sides: rankOf(target) };
      return kind?.sides === undefined ? undefined : readAt({ indices: kind.indices, sides: kind.sides }, read);
    },
    member: () => undefined,
    apply: ({ target, arguments: given }) => applied(target, given.map(rankOf)),
    product: ({ left, right }) => {
      const [a, b] = [rankOf(left), rankOf(right)];
      if (a === 0) return b;
      if (b === 0) return a;
      return a === undefined || b === undefined ? undefined : left.tag === "transpose" && a === 1 ? b - 1 : b;
    },
    binary: ({ operator, left, right }) => ("+-*/".includes(operator) ? greatest([rankOf(left), rankOf(right)]) : 0),
    negate: ({ operand }) => rankOf(operand),
    not: () => 0,
    power: ({ base }) => rankOf(base),
    transpose: ({ operand }) => rankOf(operand),
    concat: () => 1,
    if: ({ then: chosen, else: otherwise }) => greatest([rankOf(chosen), rankOf(otherwise)]),
    backward: ({ operand }) => rankOf(operand),
  });
  return rankOf;
};

/** `1..4`: some of the components. */
export const isRange = (index: Expression): boolean => index.tag === "name" && index.text.includes("..");

/** Indices behind those of its axes take sides away; the name of an axis or of a length is a number. */
const readAt = (kind: Kind | undefined, indices: number): number | undefined => {
  if (kind === undefined) return undefined;
  return indices < kind.indices ? undefined : kind.sides - (indices - kind.indices);
};

const greatest = (all: ReadonlyArray<number | undefined>): number | undefined =>
  all.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)), 0);

/** Of a vector these are a number; over an axis they have the sides of what they are of. */
const overComponents = new Set(["sum", "prod", "mean", "max", "min", "logsumexp"]);
const scalars = new Set(["dot", "norm", "sumsq", "argmax", "mod"]);

const applied = (target: Expression, given: ReadonlyArray<number | undefined>): number | undefined => {
  const fn = target.tag === "index" ? target.target : target;
  const name = fn.tag === "name" ? fn.text : "";
  if (scalars.has(name)) return 0;
  if (name === "outer") return 2;
  if (name === "onehot") return 1;
  if (name === "grad") return given[1];
  if (target.tag === "name" && overComponents.has(name) && given.length === 1) return 0;
  return greatest(given);
};

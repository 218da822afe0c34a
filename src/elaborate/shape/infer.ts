import type { Problem } from "../problem.ts";
import type { System, Term, Variable } from "../system.ts";
import type { Constraint, Typed } from "./constraint.ts";
import { generateConstraints, type Source } from "./generate.ts";
import type { Supposition } from "./outcome.ts";
import { applyRule } from "./rules.ts";
import { type Shape, scalar, showShape, sizesOf } from "./shape.ts";
import { type Mistaken, spreadOf } from "./spread.ts";
import { newUnifier, type Unifier } from "./unifier.ts";

/** The shapes of a system, and what is wrong with them. */
export interface Shapes {
  readonly ofVariable: (path: string) => Shape;
  readonly ofTerm: (term: Term) => Shape;
  readonly problems: ReadonlyArray<Problem>;
}

/** Finds the shape of every variable and every term by unification. `needed`: the paths whose shapes must be known. */
export const inferShapes = (system: System, needed: ReadonlySet<string>): Shapes => {
  const { last, conflicts } = allConflicts(system);
  const { u, variables, terms } = last;
  const open = (shape: Shape): Shape => u.shape(shape);
  return {
    ofVariable: (path) => open(variables.get(path)!),
    ofTerm: (term) => open(terms.get(term)!),
    problems:
      conflicts.length > 0
        ? inOrder(conflicts).map(({ problem }) => problem)
        : undetermined(system, needed, (path) => open(variables.get(path)!)),
  };
};

type Level = Supposition["level"];
type Conflict = Source & { readonly problem: Problem };

/** After so many times what is left is told, though it may follow from what was found before. */
const mostTimes = 12;

/**
 * The shapes, and the mistakes that do not follow from others: what reads a mistake is taken to have no shape, and all
 * is tried anew.
 */
const allConflicts = (system: System) => {
  const conflicts: Conflict[] = [];
  for (let times = 1; ; times += 1) {
    const last = usualOrInner(system, mistakenBy(conflicts));
    conflicts.push(...(times < mostTimes ? firstOf(system, last.conflicts) : last.conflicts));
    if (last.conflicts.length === 0 || times === mostTimes) return { last, conflicts };
  }
};

const mistakenBy = (conflicts: ReadonlyArray<Conflict>): Mistaken => ({
  terms: new Set(conflicts.flatMap(({ term }) => term ?? [])),
  variables: new Set(conflicts.flatMap(({ term, variable }) => (term === undefined ? (variable ?? []) : []))),
  places: new Set(conflicts.map(({ place }) => place)),
});

/** Those that are of nothing that others have spoilt; where each is of such, as around a cycle, the one that stands first. */
const firstOf = (system: System, conflicts: ReadonlyArray<Conflict>): ReadonlyArray<Conflict> => {
  if (conflicts.length < 2) return conflicts;
  const isSpoilt = spreadOf(system, mistakenBy(conflicts));
  const first = conflicts.filter(({ operands }) => !operands.some(isSpoilt));
  return first.length > 0 ? first : inOrder(conflicts).slice(0, 1);
};

const inOrder = (conflicts: ReadonlyArray<Conflict>): ReadonlyArray<Conflict> =>
  conflicts.toSorted((one, other) => one.place - other.place);

/** Where what is usual ends in a contradiction, `v^T x` may be an inner product though it stands beside a vector. */
const usualOrInner = (system: System, mistaken: Mistaken) => {
  const usual = attempt(system, mistaken, [0, 1, 2, 3, 4]);
  const inner = usual.conflicts.length > 0 ? attempt(system, mistaken, [0, 2, 1, 3, 4]) : usual;
  return inner.conflicts.length > 0 ? usual : inner;
};

const attempt = (system: System, mistaken: Mistaken, levels: ReadonlyArray<Level>) => {
  const u = newUnifier();
  const { variables, terms, constraints, sources } = generateConstraints(system, u, mistaken);
  return { u, variables, terms, conflicts: solve(u, constraints, sources, levels) };
};

/** Applies every rule until nothing more is learned, then supposes the surest open shapes, and so on to a contradiction. */
const solve = (
  u: Unifier,
  constraints: ReadonlyArray<Constraint>,
  sources: ReadonlyMap<Constraint, Source>,
  levels: ReadonlyArray<Level>,
): ReadonlyArray<Conflict> => {
  const conflicts: Conflict[] = [];
  let pending = constraints;
  let isReversed = false;
  for (;;) {
    const before = u.facts();
    const suppositions: Supposition[] = [];
    pending = pending.filter((constraint) => {
      const outcome = applyRule(u, constraint);
      if (outcome.tag === "conflict") {
        const source = sources.get(constraint)!;
        const problem = shapeProblem(u, constraint, outcome.rule, outcome.operands);
        conflicts.push({ ...source, problem: { ...problem, within: source.within } });
      }
      if (outcome.tag === "wait" && outcome.suppose !== undefined) suppositions.push(outcome.suppose);
      return outcome.tag === "wait";
    });
    if (u.facts() === before) for (const shape of onlyScalars(u, suppositions)) u.unify(shape, scalar);
    // To and fro: what is known below in the text goes up in one turn, as what is known above comes down.
    if (u.facts() > before) {
      pending = pending.toReversed();
      isReversed = !isReversed;
      continue;
    }
    // What is supposed beside a contradiction may contradict for that alone.
    if (conflicts.length > 0) return conflicts;
    if (isReversed) suppositions.reverse();
    // All of the surest level at once: they are of different variables, or say the same.
    const teaches = levels.some((level) => {
      for (const supposition of suppositions) if (supposition.level === level) supposition.suppose();
      return u.facts() > before;
    });
    if (!teaches) return conflicts;
  }
};

/** What stands beside two different shapes is like neither. */
const onlyScalars = (u: Unifier, suppositions: ReadonlyArray<Supposition>): ReadonlyArray<Shape> => {
  const first = new Map<number, Shape>();
  return suppositions.flatMap(({ either }) => {
    if (either === undefined) return [];
    const beside = u.shape(either.shape);
    return either.open.filter((each) => {
      const open = u.shape(each);
      if (open.tag !== "unknown") return false;
      const other = first.get(open.id);
      if (other === undefined) first.set(open.id, beside);
      return other !== undefined && differ(other, beside);
    });
  });
};

const differ = (a: Shape, b: Shape): boolean =>
  a.tag !== b.tag ||
  sizesOf(a).some((size, i) => {
    const other = sizesOf(b)[i]!;
    return size.tag === "known" && other.tag === "known" && size.value !== other.value;
  });

const shapeProblem = (u: Unifier, constraint: Constraint, rule: string, operands: ReadonlyArray<Typed>): Problem => ({
  tag: "shapes",
  span: constraint.span,
  rule,
  ...(constraint.tag === "components" && constraint.meant !== undefined ? { meant: constraint.meant } : {}),
  operands: operands.map((operand) => {
    const shape = u.shape(operand.shape);
    return {
      span: operand.span,
      shape: showShape(shape),
      origins: sizesOf(shape).flatMap((size) => (size.tag === "known" ? size.origins : [])),
    };
  }),
});

/** Parameters and inputs are named first: where their shapes are known, all the others follow. */
const undetermined = (
  { variables }: System,
  needed: ReadonlySet<string>,
  shapeOf: (path: string) => Shape,
): ReadonlyArray<Problem> => {
  const open = [...variables.values()].filter(({ path }) => needed.has(path) && !isKnown(shapeOf(path)));
  const given = open.filter(({ meaning }) => meaning.tag === "parameter" || meaning.tag === "input");
  const isUsers = ({ origin }: Variable): boolean => origin === "user";
  const causes = [given.filter(isUsers), given, open.filter(isUsers), open.slice(0, 1)].find(
    ({ length }) => length > 0,
  );
  return (causes ?? []).map((variable: Variable) => {
    const shape = shapeOf(variable.path);
    const found = shape.tag === "unknown" ? "" : showShape(shape);
    return { tag: "undetermined", span: variable.span, name: variable.path, found, within: variable.within };
  });
};

const isKnown = (shape: Shape): boolean =>
  shape.tag !== "unknown" && sizesOf(shape).every(({ tag }) => tag === "known");

import { match } from "../match.ts";
import type { Problem, Within } from "./problem.ts";
import type { Meaning, System, Term, Variable } from "./system.ts";
import { readsOf } from "./term.ts";

/** The terms in a variable's own equation, or in its distribution and its weight. */
export const termsIn: (meaning: Meaning) => ReadonlyArray<Term> = match<Meaning, ReadonlyArray<Term>>({
  input: () => [],
  parameter: () => [],
  noise: () => [],
  random: ({ arguments: terms, weight }) => (weight === undefined ? terms : [...terms, weight]),
  equation: ({ value }) => [value],
  part: () => [],
});

/** The variables on which some output or loss depends. */
export const reachableFrom = (system: System): ReadonlySet<string> => {
  const reached = new Set<string>();
  const randoms = [...system.variables.values()].filter(({ meaning }) => meaning.tag === "random");
  const open = [
    ...system.outputs.map(({ path }) => path),
    ...system.minimized.flatMap(readsOf).map(({ path }) => path),
    ...randoms.map(({ path }) => path),
  ];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const variable = system.variables.get(path);
    if (reached.has(path) || variable === undefined) continue;
    reached.add(path);
    open.push(...pathsIn(variable));
  }
  return reached;
};

/** The system as it is when it generates. */
export const withoutWeights = (system: System): System => ({
  ...system,
  variables: new Map(
    [...system.variables].map(([path, variable]) => {
      if (variable.meaning.tag !== "random") return [path, variable];
      const { weight: _, ...meaning } = variable.meaning;
      return [path, { ...variable, meaning }];
    }),
  ),
});

const pathsIn = ({ meaning, boundaries }: Variable): ReadonlyArray<string> => [
  ...termsIn(meaning)
    .flatMap(readsOf)
    .map(({ path }) => path),
  ...boundaries.map(({ variable }) => variable),
  ...(meaning.tag === "part" ? [meaning.whole, ...meaning.parts] : []),
];

/** A warning for everything the user wrote in vain. */
export const unusedIn = (system: System, reached: ReadonlySet<string>): ReadonlyArray<Problem> => {
  const hasResult = system.outputs.length + system.minimized.length > 0;
  const hasRandom = [...system.variables.values()].some(({ meaning }) => meaning.tag === "random");
  if (!hasResult && !hasRandom) return [{ tag: "noResult", span: system.span, name: system.name }];
  return [...system.variables.values()].flatMap((variable): ReadonlyArray<Problem> => {
    if (variable.origin !== "user" || reached.has(variable.path)) return [];
    return [{ tag: "unused", span: variable.span, name: variable.path, kind: kindOf(variable.meaning) }];
  });
};

const kindOf: (meaning: Meaning) => string = match<Meaning, string>({
  input: () => "input",
  parameter: () => "parameter",
  noise: () => "noise",
  random: () => "target",
  equation: () => "state",
  part: () => "state",
});

/** Every term of a system, with the applications of cells in which it stands. */
export const termsOf = (system: System): ReadonlyArray<{ readonly term: Term; readonly within: Within }> => [
  ...[...system.variables.values()].flatMap(({ meaning, within }) =>
    termsIn(meaning).map((term) => ({ term, within })),
  ),
  ...system.minimized.map((term) => ({ term, within: [] })),
];

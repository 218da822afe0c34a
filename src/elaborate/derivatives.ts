import { hasAxis, sameAxis, type TimeAxis } from "../circuit/axis.ts";
import { type Resolved, resolveRead } from "./bounds.ts";
import type { Problem } from "./problem.ts";
import { termsOf } from "./reachable.ts";
import type { Boundary, IndexPlace, Meaning, System, Term, Variable } from "./system.ts";
import { freeAxes, mapOperands, partsOf } from "./term.ts";

export type Derivative = Extract<Term, { readonly tag: "grad" }>;
type Read = Extract<Term, { readonly tag: "read" }>;

const derivativesIn = (system: System): ReadonlyArray<Derivative> =>
  termsOf(system).flatMap(({ term }) => partsOf(term).flatMap((part) => (part.tag === "grad" ? [part] : [])));

/**
 * `grad(e, h[t-1])` where `e` does not vary along `t` is what `g[t-1]` reads of `g[t] = grad(e, h[t])`: the derivative
 * by the value of `h` there, whoever reads it; at a boundary it is the derivative by the boundary. So each such place is
 * read of a hidden variable of that meaning. Where `e` varies along `t`, `h[t-1]` is itself what the derivative is taken by.
 */
export const withReadDerivatives = (system: System): System => {
  if (derivativesIn(system).length === 0) return system;
  const added = new Map<string, Variable>();
  const change = (term: Term): Term => {
    const changed = mapOperands(term, change);
    return changed.tag === "grad" ? asReading(system, added, changed) : changed;
  };
  const variables = [...system.variables].map(
    ([path, variable]) => [path, { ...variable, meaning: withTerms(variable.meaning, change) }] as const,
  );
  const minimized = system.minimized.map(change);
  return { ...system, minimized, variables: new Map([...variables, ...added]) };
};

/** A derivative by what is read both elsewhere along an axis of `e` and elsewhere along another one. */
export const derivativeProblems = (system: System): ReadonlyArray<Problem> =>
  termsOf(system).flatMap(({ term, within }) =>
    partsOf(term).flatMap((part): ReadonlyArray<Problem> => {
      if (part.tag !== "grad" || part.by.tag !== "read" || placesOf(system, part) !== "torn") return [];
      return [{ tag: "derivativeBy", span: part.by.span, isTorn: true, within }];
    }),
  );

const withTerms = (meaning: Meaning, change: (term: Term) => Term): Meaning => {
  if (meaning.tag === "equation") return { ...meaning, value: change(meaning.value) };
  return meaning.tag === "random" ? { ...meaning, arguments: meaning.arguments.map(change) } : meaning;
};

/** Whether a variable stands at its own axes, or, if not, whether it is elsewhere along axes of `e` only, or along others only. */
const placesOf = (system: System, { of, by }: Derivative): "bare" | "given" | "read" | "torn" => {
  if (by.tag !== "read") return "bare";
  const { variable, places } = resolveRead(system, by);
  const over = freeAxes(of);
  const elsewhere = places.filter((place, slot) => !isBare(variable.axes[slot]!, place));
  if (elsewhere.length === 0) return "bare";
  const isGiven = (place: IndexPlace): boolean => place.tag === "shift" && hasAxis(over, place.axis);
  if (elsewhere.every(isGiven)) return "given";
  return elsewhere.some(isGiven) ? "torn" : "read";
};

const isBare = (own: TimeAxis, place: IndexPlace): boolean =>
  place.tag === "shift" && place.by === 0 && sameAxis(own, place.axis);

/** What derivatives are taken by: variables, with those whose shape they have, and readings at other positions. */
export const marksIn = (system: System): Marks => {
  const marks = derivativesIn(system).flatMap((derivative) => {
    if (derivative.by.tag !== "read") return [];
    const read = resolveRead(system, derivative.by);
    const isVariable = placesOf(system, derivative) === "bare";
    return [{ isVariable, read, like: derivative.bounded ?? read.variable.path }];
  });
  return {
    variables: new Map(marks.flatMap(({ isVariable, read, like }) => (isVariable ? [[read.variable.path, like]] : []))),
    readings: new Set(marks.flatMap(({ isVariable, read }) => (isVariable ? [] : [readingName(read)]))),
  };
};

export interface Marks {
  readonly variables: ReadonlyMap<string, string>;
  readonly readings: ReadonlySet<string>;
}

/** A name of its own for each reading of each variable. */
export const readingName = ({ variable, places }: Resolved): string => `${variable.path} ${JSON.stringify(places)}`;

/** The derivative, or the reading of a variable that is added for it. */
const asReading = (system: System, added: Map<string, Variable>, term: Derivative): Term => {
  if (term.by.tag !== "read" || placesOf(system, term) !== "read") return term;
  const { variable, places } = resolveRead(system, term.by);
  const path = `${derivativePrefix}${added.size + 1}`;
  const by = (of: Variable, bounded = {}): Meaning => ({
    tag: "equation",
    value: { ...term, by: here(of, term.by.span), ...bounded },
  });
  const whole: Variable = {
    ...hidden(variable, path, term.span),
    meaning: by(variable),
    boundaries: variable.boundaries.map((boundary, i) => ({ ...boundary, variable: `${path}.${i + 1}` })),
  };
  added.set(path, whole);
  variable.boundaries.forEach((boundary: Boundary, i) => {
    const bound = system.variables.get(boundary.variable)!;
    const edge = hidden(bound, `${path}.${i + 1}`, term.span);
    added.set(edge.path, { ...edge, meaning: by(bound, { bounded: variable.path }), boundaries: [] });
  });
  return { tag: "read", path, places, span: term.span };
};

const hidden = ({ name, axes, within }: Variable, path: string, span: Variable["span"]) =>
  ({ path, name, origin: "hidden", axes, within, span }) as const;

const here = ({ path, axes }: Variable, span: Read["span"]): Read => ({
  tag: "read",
  path,
  places: axes.map((axis): IndexPlace => ({ tag: "shift", axis, by: 0 })),
  span,
});

/** A path that no user can write. */
const derivativePrefix = "@∂";

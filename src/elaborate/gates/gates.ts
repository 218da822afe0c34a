import type { Problem } from "../problem.ts";
import type { Gate, Meaning, System, Term, Variable } from "../system.ts";
import { type Gated, lastOf, maskAt, readBehind } from "./read.ts";
import { type State, statesOf } from "./states.ts";

/**
 * Gives `when` and `reset` their effect, one after the other: those of cells within others stand first, and what they
 * keep is a state of the cell around them in turn. Of every state `s` that the applied cell reads one position back,
 *
 *     s' = if e[t] == 1 then s[0] else s[t-1]
 *     s[t] = m[t] * f(s', …) + (1 - m[t]) * s'
 *
 * where the cell's own equations read `s'` for `s[t-1]`, and for `s[t]` what `f` gives. All others read the state.
 */
export const withGates = (system: System): { readonly system: System; readonly problems: ReadonlyArray<Problem> } =>
  system.gates.reduce<ReturnType<typeof withGates>>(
    ({ system: sofar, problems }, gate) => {
      const found = statesOf(sofar, gate);
      return "problem" in found
        ? { system: sofar, problems: [...problems, found.problem] }
        : { system: gatedBy(sofar, { system: sofar, gate, ...found }), problems };
    },
    { system, problems: [] },
  );

const gatedBy = (system: System, gated: Gated): System => {
  const variables = [...system.variables.values()].flatMap((variable): ReadonlyArray<Variable> => {
    const own = isInside(gated.gate, variable) ? readingStates(gated, variable) : variable;
    const state = gated.states.get(variable.path);
    if (state === undefined || gated.gate.when === undefined) return [own];
    return state.fresh === variable.path
      ? [own, keeping(gated, { ...variable, path: state.kept, origin: "hidden" }, state)]
      : [{ ...own, path: state.fresh, origin: "hidden", boundaries: [] }, keeping(gated, variable, state)];
  });
  return { ...system, variables: new Map(variables.map((variable) => [variable.path, variable])) };
};

const isInside = ({ application }: Gate, { within }: Variable): boolean => within.includes(application);

/** A variable of the applied cell, which reads states as they are within a step. */
const readingStates = (gated: Gated, variable: Variable): Variable => ({
  ...variable,
  meaning: changed(variable.meaning, gated, (term) => readBehind(gated, variable, term)),
});

const changed = (meaning: Meaning, { states }: Gated, change: (term: Term) => Term): Meaning => {
  if (meaning.tag === "part") {
    const fresh = (path: string): string => states.get(path)?.fresh ?? path;
    return { ...meaning, whole: fresh(meaning.whole), parts: meaning.parts.map(fresh) };
  }
  if (meaning.tag === "random") return { ...meaning, arguments: meaning.arguments.map(change) };
  return meaning.tag === "equation" ? { ...meaning, value: change(meaning.value) } : meaning;
};

/** The state itself: of its new value and of its last as much as the mask says. */
const keeping = (gated: Gated, variable: Variable, state: State): Variable => {
  const { axis, gate } = gated;
  const { fresh, kept, by } = state;
  const { when } = gate;
  const { span } = when!;
  const at = (shift: number): Extract<Term, { readonly tag: "read" }> => ({
    tag: "read",
    path: kept,
    places: variable.axes.map((own) => ({ tag: "shift", axis: own, by: own.key === axis.key ? shift : 0 })),
    span,
  });
  const last = lastOf(gated, state, { variable, places: at(by).places }, span);
  const mask = maskAt(gated, when!, { variable, places: at(0).places });
  return {
    ...variable,
    meaning: { tag: "equation", value: { tag: "mix", mask, next: { ...at(0), path: fresh }, last, span } },
  };
};

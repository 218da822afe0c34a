import type { System, Variable } from "../system.ts";

/**
 * What pictures and messages call each variable: its path. The state of a cell for which the user has a name of their
 * own (`h[t] = LSTM(n)(x[t])`) is called by that.
 */
export const titlesOf = (system: System): ReadonlyMap<string, string> => {
  const titles = new Map<string, string>();
  for (const variable of system.variables.values()) {
    if (variable.origin === "hidden") continue;
    const shown = titles.get(variable.path) ?? variable.path;
    titles.set(variable.path, shown);
    const stood = standsFor(variable);
    if (stood !== undefined && system.variables.get(stood)?.origin === "cell" && !titles.has(stood))
      titles.set(stood, shown);
  }
  return titles;
};

/** The variable of which another is merely a name. */
const standsFor = ({ meaning, axes }: Variable): string | undefined => {
  if (meaning.tag !== "equation" || meaning.value.tag !== "read") return undefined;
  const { path, places } = meaning.value;
  const isHere = places.every((place) => place.tag === "shift" && place.by === 0);
  return isHere && places.length === axes.length ? path : undefined;
};

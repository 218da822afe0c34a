import * as E from "fp-ts/lib/Either.js";
import type { Model } from "../circuit/model.ts";
import { nearest } from "../syntax/nearest.ts";
import { carriedOf, type Variable, variablesOf } from "./carried.ts";
import type { Subject } from "./flow.ts";

/** A derivative has as many rows and columns: of more of them it takes a quarter of an hour. */
const mostComponents = 512;

/** How many components move together. */
export const componentsIn = (subject: Subject): number =>
  subject.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

/** Whose flow is wanted: by default of each state by itself. On the left, in words, why it cannot be had. */
export const subjectsOf = (
  model: Model,
  wanted: ReadonlyArray<ReadonlyArray<string>> | undefined,
): E.Either<string, ReadonlyArray<Subject>> => {
  const carried = carriedOf(model);
  if (wanted === undefined)
    return carried.length === 0
      ? E.left(`${model.name} has no state that a recurrence along one axis carries; --of names another variable`)
      : fitting(carried.map((state) => [state]));
  const known = variablesOf(model);
  const unknown = wanted.flat().find((name) => !known.some((variable) => variable.name === name));
  if (unknown !== undefined) return E.left(unknownTold(unknown, known, carried));
  return fitting(wanted.map((names) => [...new Set(names)].map((name) => known.find((each) => each.name === name)!)));
};

const unknownTold = (name: string, known: ReadonlyArray<Variable>, carried: ReadonlyArray<Variable>): string => {
  const names = known.map((variable) => variable.name);
  const meant = nearest(name, names);
  const states = carried.length === 0 ? "" : `its states are ${carried.map((state) => state.name).join(", ")}; `;
  const hint = meant === undefined ? `it computes ${names.join(", ")}` : `did you mean ${meant}?`;
  return `--of ${name}: the model computes no such variable along one axis (${states}${hint})`;
};

const fitting = (subjects: ReadonlyArray<Subject>): E.Either<string, ReadonlyArray<Subject>> => {
  for (const subject of subjects) {
    const [first, ...others] = subject;
    const names = subject.map(({ name }) => name).join(", ");
    const stray = others.find(({ axis }) => axis.key !== first!.axis.key);
    if (stray !== undefined)
      return E.left(
        `--of ${names}: ${first!.name} lies along ${first!.axis.key}, ${stray.name} along ${stray.axis.key}`,
      );
    const size = componentsIn(subject);
    if (size > mostComponents)
      return E.left(
        `${names} has ${size} components, and the flow of at most ${mostComponents} is followed: --set gives a smaller model, --of another state`,
      );
  }
  return E.right(subjects);
};

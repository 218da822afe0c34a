import type { TimeAxis } from "../circuit/axis.ts";
import type { ComputedPosition, LinearForm } from "../circuit/model.ts";
import { givenPlace, linearForm } from "./linear.ts";
import type { Problem } from "./problem.ts";
import { termsIn, termsOf } from "./reachable.ts";
import type { System, Term, Variable } from "./system.ts";
import { partsOf } from "./term.ts";

type Pick = Extract<Term, { readonly tag: "pick" }>;

/** Computed positions that are none, or lie where nothing is whatever the data: each is an error. */
export const positionProblems = (system: System): ReadonlyArray<Problem> =>
  termsOf(system).flatMap(({ term, within }) =>
    picksIn(term).flatMap((pick) => problemsOf(system, pick).map((problem) => ({ ...problem, within }))),
  );

/** What a call must see to: that these positions exist in every example. */
export const computedPositions = (system: System, built: ReadonlyArray<string>): ReadonlyArray<ComputedPosition> => {
  const variables = built.map((path): Variable => system.variables.get(path)!);
  const terms = [...variables.flatMap(({ meaning }) => termsIn(meaning)), ...system.minimized];
  const found = terms.flatMap(picksIn).flatMap((pick): ReadonlyArray<ComputedPosition> => {
    const { name, own: axis, place } = pick;
    const form = linearForm(place);
    if (form !== undefined) return isKnown(form, axis) ? [] : [{ tag: "linear", name, axis, ...form }];
    const given = givenPlace(place);
    return given === undefined ? [] : [{ tag: "given", name, axis, input: given.path, by: given.by }];
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
};

const picksIn = (term: Term): ReadonlyArray<Pick> =>
  partsOf(term).flatMap((part) => (part.tag === "pick" ? [part] : []));

const problemsOf = (system: System, { place, own: axis, name }: Pick): ReadonlyArray<Problem> => {
  const { span } = place;
  const form = linearForm(place);
  if (form !== undefined) {
    const ragged = [axis, ...form.terms.map((term) => term.axis)].find(isRagged);
    if (ragged !== undefined)
      return [
        { tag: "unsupported", span, what: "A computed position along an axis whose lengths differ within an example" },
      ];
    const outside = outsideOf(form, axis);
    return outside === undefined ? [] : [{ tag: "noPosition", span, name, axis: axis.key, ...outside }];
  }
  const variable = system.variables.get(givenPlace(place)?.path ?? "");
  const isGiven = variable?.meaning.tag === "input" && variable.type?.tag === "position";
  if (!isGiven) return [{ tag: "notAPosition", span, name }];
  if (isRagged(axis)) return [{ tag: "unsupported", span, what: "A position from the data along such an axis" }];
  const { extent } = variable.type as Extract<Variable["type"], { readonly tag: "position" }>;
  const isAsLong = JSON.stringify(extent) === JSON.stringify(axis.extent);
  return isAsLong ? [] : [{ tag: "otherExtent", span, axis: variable.name, own: axis.key, name }];
};

const isRagged = ({ extent }: TimeAxis): boolean => extent.tag === "length" && extent.over.length > 0;

/** Whether all lengths are known when compiling. */
const isKnown = ({ terms }: LinearForm, axis: TimeAxis): boolean =>
  [axis, ...terms.map((term) => term.axis)].every(({ extent }) => extent.tag === "fixed");

/** What is known of a form that lies outside somewhere: where all sizes are known, or whatever the lengths. */
const outsideOf = (form: LinearForm, axis: TimeAxis): Outside | undefined => {
  const [least, most, size] = [boundOf(form, false), boundOf(form, true), lengthOf(axis)];
  if (!isKnown(form, axis)) {
    const isNever = greatestOf(least) < 1 || greatestOf(minus(size, most)) < 0;
    return isNever ? {} : undefined;
  }
  const known = { least: least.constant, most: most.constant, size: size.constant };
  return known.least >= 1 && known.most <= known.size ? undefined : known;
};

type Outside = Partial<Record<"least" | "most" | "size", number>>;

/** A number that depends on lengths alone: how often each of them is in it, by name. */
interface Bound {
  readonly constant: number;
  readonly lengths: ReadonlyMap<string, number>;
}

const lengthOf = ({ extent }: TimeAxis): Bound =>
  extent.tag === "fixed"
    ? { constant: extent.size, lengths: new Map() }
    : { constant: 0, lengths: new Map([[extent.name, 1]]) };

/** The greatest or the least number that a form is at any of its positions. */
const boundOf = ({ constant, terms }: LinearForm, isGreatest: boolean): Bound =>
  terms.reduce<Bound>(
    (sum, { of, axis, times }) => {
      const isAtEnd = of === "length" || times > 0 === isGreatest;
      return plus(sum, isAtEnd ? lengthOf(axis) : { constant: 1, lengths: new Map() }, times);
    },
    { constant, lengths: new Map() },
  );

const plus = (a: Bound, b: Bound, times: number): Bound => ({
  constant: a.constant + times * b.constant,
  lengths: new Map(
    [...new Set([...a.lengths.keys(), ...b.lengths.keys()])].map((name) => [
      name,
      (a.lengths.get(name) ?? 0) + times * (b.lengths.get(name) ?? 0),
    ]),
  ),
});

const minus = (a: Bound, b: Bound): Bound => plus(a, b, -1);

/** At lengths of 1 and more. */
const greatestOf = ({ constant, lengths }: Bound): number =>
  [...lengths.values()].reduce((sum, count) => (count > 0 ? Number.POSITIVE_INFINITY : sum + count), constant);

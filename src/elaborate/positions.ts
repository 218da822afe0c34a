import type { TimeAxis } from "../circuit/axis.ts";
import type { ComputedPosition } from "../circuit/model.ts";
import { givenPlace, type LinearForm, linearForm } from "./linear.ts";
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
    const { name, axis, place } = pick;
    const form = linearForm(place);
    if (form !== undefined) return isKnown(form, axis) ? [] : [{ tag: "linear", name, axis: ownAxis(axis), ...form }];
    const given = givenPlace(place);
    return given === undefined ? [] : [{ tag: "given", name, axis: ownAxis(axis), input: given.path, by: given.by }];
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
};

const picksIn = (term: Term): ReadonlyArray<Pick> =>
  partsOf(term).flatMap((part) => (part.tag === "pick" ? [part] : []));

/** The axis of the variable, of which a pick has one of its own that is as long. */
const ownAxis = (axis: TimeAxis): TimeAxis => ({ ...axis, key: axis.key.slice(0, -1) });

const problemsOf = (system: System, { place, axis, name }: Pick): ReadonlyArray<Problem> => {
  const { span } = place;
  const form = linearForm(place);
  const own = ownAxis(axis);
  if (form !== undefined) {
    const ragged = [axis, ...form.terms.map((term) => term.axis)].find(isRagged);
    if (ragged !== undefined)
      return [
        { tag: "unsupported", span, what: "A computed position along an axis whose lengths differ within an example" },
      ];
    const { least, most } = isKnown(form, axis) ? boundsOf(form) : { least: 1, most: 1 };
    const size = sizeOf(axis);
    return least >= 1 && most <= size ? [] : [{ tag: "noPosition", span, name, axis: own.key, least, most, size }];
  }
  const variable = system.variables.get(givenPlace(place)?.path ?? "");
  const isGiven = variable?.meaning.tag === "input" && variable.type?.tag === "position";
  if (!isGiven) return [{ tag: "notAPosition", span, name }];
  if (isRagged(axis)) return [{ tag: "unsupported", span, what: "A position from the data along such an axis" }];
  const { extent } = variable.type as Extract<Variable["type"], { readonly tag: "position" }>;
  const isAsLong = JSON.stringify(extent) === JSON.stringify(axis.extent);
  return isAsLong ? [] : [{ tag: "otherExtent", span, axis: variable.name, own: own.key, name }];
};

const isRagged = ({ extent }: TimeAxis): boolean => extent.tag === "length" && extent.over.length > 0;

const sizeOf = ({ extent }: TimeAxis): number => (extent.tag === "fixed" ? extent.size : Number.POSITIVE_INFINITY);

/** Whether all lengths are known when compiling. */
const isKnown = ({ terms }: LinearForm, axis: TimeAxis): boolean =>
  [axis, ...terms.map((term) => term.axis)].every(({ extent }) => extent.tag === "fixed");

const boundsOf = ({ constant, terms }: LinearForm): { readonly least: number; readonly most: number } =>
  terms.reduce(
    ({ least, most }, { of, axis, times }) => {
      const ends = [times * (of === "length" ? sizeOf(axis) : 1), times * sizeOf(axis)];
      return { least: least + Math.min(...ends), most: most + Math.max(...ends) };
    },
    { least: constant, most: constant },
  );

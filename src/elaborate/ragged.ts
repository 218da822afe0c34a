import { hasAxis, lengthAxes, raggedOver, sameAxis, type TimeAxis, withoutAxes } from "../circuit/axis.ts";
import { resolveRead, slotsOutside } from "./bounds.ts";
import type { Problem } from "./problem.ts";
import { termsIn } from "./reachable.ts";
import type { System, Term, Variable } from "./system.ts";
import { freeAxes, operandsOf } from "./term.ts";

/**
 * A ragged axis (`axis w in 1..W[s]`) has its own positions for every position of the axes its length stands over. So
 * what is over it is over those too: none of them is left out, summed away or read elsewhere before it.
 */
export const raggedProblems = (system: System): ReadonlyArray<Problem> => {
  const variables = [...system.variables.values()];
  const bounds = new Set(variables.flatMap(({ boundaries }) => boundaries.map(({ variable }) => variable)));
  // A boundary is read only where its variable is, so the outer axes are at hand.
  const alone = variables.filter(({ path }) => !bounds.has(path)).flatMap(standsAlone);
  const inside = variables.flatMap(({ meaning, within }) =>
    termsIn(meaning).flatMap((term) => inTerm(system, term).map((problem) => ({ ...problem, within }))),
  );
  return [...alone, ...inside, ...system.minimized.flatMap((term) => inTerm(system, term))];
};

const standsAlone = ({ axes, span }: Variable): ReadonlyArray<Problem> =>
  axes.flatMap((axis) => problemOf(axis, withoutAxes(lengthAxes(axis), axes), span));

const inTerm = (system: System, term: Term): ReadonlyArray<Problem> => [
  ...operandsOf(term).flatMap((operand) => inTerm(system, operand)),
  ...(term.tag === "read" ? inRead(system, term) : []),
  ...(term.tag === "reduce" ? inReduction(term) : []),
];

/** Along the outer axes the reading stands where it is needed: `x[s,w]`, but not `x[1,w]`. */
const inRead = (system: System, read: Extract<Term, { readonly tag: "read" }>): ReadonlyArray<Problem> => {
  const resolved = resolveRead(system, read);
  const { variable, places } = resolved;
  if (slotsOutside(resolved).length > 0) return [];
  const elsewhere = variable.axes.filter((axis, slot) => {
    const place = places[slot]!;
    return place.tag === "at" || !sameAxis(place.axis, axis);
  });
  return variable.axes.flatMap((axis, slot) =>
    places[slot]!.tag === "shift"
      ? problemOf(
          axis,
          elsewhere.filter((outer) => hasAxis(lengthAxes(axis), outer)),
          read.span,
        )
      : [],
  );
};

const inReduction = ({ axes, operand, span }: Extract<Term, { readonly tag: "reduce" }>): ReadonlyArray<Problem> => {
  const left = withoutAxes(freeAxes(operand), axes);
  return axes.flatMap((outer) =>
    raggedOver(left, outer).flatMap((inner) => (inner.tag === "time" ? problemOf(inner, [outer], span) : [])),
  );
};

const problemOf = (
  { key, extent }: TimeAxis,
  missing: ReadonlyArray<{ readonly key: string }>,
  span: Problem["span"],
): ReadonlyArray<Problem> => {
  const [outer] = missing;
  if (outer === undefined || extent.tag !== "length") return [];
  const length = `${extent.name}[${extent.over.map((axis) => axis.key).join(",")}]`;
  return [{ tag: "ragged", span, axis: key, outer: outer.key, length }];
};

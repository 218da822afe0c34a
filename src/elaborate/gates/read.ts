import { hasAxis, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Span } from "../../syntax/span.ts";
import { type Resolved, resolveRead, standsFor } from "../bounds.ts";
import { normalPosition } from "../instantiate/position.ts";
import type { Gate, GateValue, IndexPlace, System, Term, Variable } from "../system.ts";
import { operandsOf, withOperands } from "../term.ts";
import type { State, States } from "./states.ts";

/** One gate, with the states of the system in which it has had no effect yet. */
export interface Gated extends States {
  readonly system: System;
  readonly gate: Gate;
}

type Read = Extract<Term, { readonly tag: "read" }>;

/** A term of the applied cell: it reads what is last for what it read one position back, and what is new for what is here. */
export const readBehind = (gated: Gated, reader: Variable, term: Term, bound: ReadonlyArray<TimeAxis> = []): Term => {
  if (term.tag === "read") return readOf(gated, reader, term, bound);
  const inside = term.tag === "reduce" ? [...bound, ...term.axes] : bound;
  return withOperands(
    term,
    operandsOf(term).map((operand) => readBehind(gated, reader, operand, inside)),
  );
};

const readOf = (gated: Gated, reader: Variable, read: Read, bound: ReadonlyArray<TimeAxis>): Term => {
  const { system, axis, states } = gated;
  const delayed = resolveRead(system, read);
  const state = states.get(delayed.variable.path);
  const place = delayed.places[slotOf(delayed.variable, axis)];
  if (state !== undefined && place?.tag === "shift" && place.by !== 0) return lastOf(gated, state, delayed, read.span);
  if (isNameOfState(gated, reader)) return read;
  const here = followed(gated, { variable: system.variables.get(read.path)!, places: read.places });
  const now = here?.places[slotOf(here.variable, axis)];
  const isNow =
    now?.tag === "shift" &&
    now.by === 0 &&
    sameAxis(now.axis, axis) &&
    hasAxis(reader.axes, axis) &&
    !hasAxis(bound, axis);
  return here !== undefined && isNow
    ? { ...read, path: states.get(here.variable.path)!.fresh, places: here.places }
    : read;
};

const slotOf = ({ axes }: Variable, axis: TimeAxis): number => axes.findIndex((own) => sameAxis(own, axis));

/** What a cell calls its result may merely be a name of a state: it then is the state, as all others read it. */
const isNameOfState = ({ states, ...gated }: Gated, reader: Variable): boolean => {
  if (states.has(reader.path)) return false;
  const places = reader.axes.map((axis): IndexPlace => ({ tag: "shift", axis, by: 0 }));
  return (
    standsFor(gated.system, { variable: reader, places }) !== undefined &&
    followed({ states, ...gated }, { variable: reader, places }) !== undefined
  );
};

/** The same reading of the state of which a variable is merely a name, if it is that. */
const followed = ({ system, states }: Gated, read: Resolved): Resolved | undefined => {
  const seen = new Set<string>();
  for (let here: Resolved | undefined = read; here !== undefined; here = standsFor(system, here)) {
    if (states.has(here.variable.path)) return here;
    if (seen.has(here.variable.path)) return undefined;
    seen.add(here.variable.path);
  }
  return undefined;
};

/** The last value of a state, or its boundary where it begins anew. */
export const lastOf = (gated: Gated, { kept }: State, { variable, places }: Resolved, span: Span): Term => {
  const { gate, axis } = gated;
  const last: Read = { tag: "read", path: kept, places, span };
  if (gate.reset === undefined) return last;
  const slot = slotOf(variable, axis);
  const boundary = { ...last, places: places.with(slot, { tag: "at", position: positionBefore(axis, places[slot]!) }) };
  const begins = maskAt(gated, gate.reset, { variable, places });
  const one: Term = { tag: "number", value: 1, span: gate.reset.span };
  const condition: Term = { tag: "compare", operator: "==", left: begins, right: one, span: gate.reset.span };
  return { tag: "choose", condition, then: boundary, else: last, span: gate.reset.span };
};

/** The nearest position outside the axis, on the side to which a reading looks. */
const positionBefore = (axis: TimeAxis, place: IndexPlace): Extract<IndexPlace, { readonly tag: "at" }>["position"] =>
  place.tag === "shift" && place.by > 0
    ? { tag: "fromStart", position: 0 }
    : normalPosition(axis, { tag: "fromEnd", offset: 1 });

/** What stands behind `when` or `reset`, at the position from which a state is read. */
export const maskAt = ({ system }: Gated, { path, span }: GateValue, { variable, places }: Resolved): Term => ({
  tag: "read",
  path,
  places: (system.variables.get(path)?.axes ?? []).map((axis) => {
    const place = places[slotOf(variable, axis)]!;
    return place.tag === "shift" ? { ...place, by: 0 } : place;
  }),
  span,
});

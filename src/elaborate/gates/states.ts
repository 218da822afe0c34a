import type { TimeAxis } from "../../circuit/axis.ts";
import { hasAxis, sameAxis } from "../../circuit/axis.ts";
import { type Resolved, resolveRead } from "../bounds.ts";
import type { GateFault, Problem } from "../problem.ts";
import { termsIn } from "../reachable.ts";
import type { Gate, GateValue, System, Term, Variable } from "../system.ts";
import { readsOf } from "../term.ts";

/** What a gate keeps of a variable, under which paths. */
export interface State {
  readonly variable: Variable;
  /** What the cell's equations give. */
  readonly fresh: string;
  /** What is left of that, and of the last: all that is not computed within the same step reads it. */
  readonly kept: string;
  /** How far back the last is read: 1, or -1 where the cell runs backward. */
  readonly by: number;
}

/** The states of what a gate stands behind, and the axis along which they are kept. */
export interface States {
  readonly axis: TimeAxis;
  readonly states: ReadonlyMap<string, State>;
}

interface Delay {
  readonly read: Extract<Term, { readonly tag: "read" }>;
  readonly resolved: Resolved;
  readonly reader: Variable;
  readonly axis: TimeAxis;
  readonly by: number;
}

/** A state is what the applied cell, and the cells within it, read one position back. */
export const statesOf = (system: System, gate: Gate): States | { readonly problem: Problem } => {
  const all = delaysIn(system, gate);
  const gateAxes = [gate.when, gate.reset].flatMap((value) => axesOf(system, value));
  const distinct = [...new Map(all.map(({ axis }) => [axis.key, axis])).values()];
  const meant = distinct.length > 1 ? distinct.filter((axis) => hasAxis(gateAxes, axis)) : distinct;
  const fail = (fault: GateFault, at: Pick<Variable, "span" | "within"> = gate): { readonly problem: Problem } => ({
    problem: {
      tag: "badGate",
      span: at.span,
      word: gate.when === undefined ? "reset" : "when",
      fault,
      within: at.within,
    },
  });
  const { cell } = gate.application;
  const [axis, ...others] = meant;
  if (distinct.length === 0) return fail({ tag: "noState", cell });
  if (axis === undefined || others.length > 0)
    return fail({ tag: "severalAxes", cell, axes: distinct.map(({ key }) => key) });
  const delays = all.filter((delay) => sameAxis(delay.axis, axis));
  const first = new Map([...delays].reverse().map((delay) => [delay.resolved.variable.path, delay]));
  for (const { read, resolved, reader, by } of delays) {
    const { variable } = resolved;
    const { name } = system.variables.get(read.path)!;
    const at = { span: read.span, within: reader.within };
    if (Math.abs(by) > 1) return fail({ tag: "far", name, back: Math.abs(by) }, at);
    if (first.get(variable.path)!.by !== by) return fail({ tag: "bothWays", name, axis: axis.key }, at);
    const other = gateAxes.find((each) => !hasAxis(variable.axes, each));
    if (other !== undefined) return fail({ tag: "otherAxis", name, axis: other.key });
  }
  return { axis, states: new Map([...first].map(([path, delay]) => [path, stateOf(system, gate, delay)])) };
};

const axesOf = ({ variables }: System, value: GateValue | undefined): ReadonlyArray<TimeAxis> =>
  value === undefined ? [] : (variables.get(value.path)?.axes ?? []);

/** Every reading at another position along an axis of the cell's letters. */
const delaysIn = (system: System, gate: Gate): ReadonlyArray<Delay> =>
  [...system.variables.values()]
    .filter(({ within }) => within.includes(gate.application))
    .flatMap((reader) =>
      termsIn(reader.meaning)
        .flatMap(readsOf)
        .flatMap((read) => {
          const resolved = resolveRead(system, read);
          return resolved.places.flatMap((place, slot) => {
            const axis = resolved.variable.axes[slot]!;
            const isDelay = place.tag === "shift" && place.by !== 0 && hasAxis(gate.letters, axis);
            return isDelay ? [{ read, resolved, reader, axis, by: place.by }] : [];
          });
        }),
    );

/** Of an equation of the cell what it gives stands under another path; all else is given, and kept under another. */
const stateOf = ({ gates }: System, gate: Gate, { resolved: { variable }, by }: Delay): State => {
  const { path, meaning, within } = variable;
  const isOwn = within.includes(gate.application) && (meaning.tag === "equation" || meaning.tag === "part");
  if (gate.when === undefined) return { variable, fresh: path, kept: path, by };
  return isOwn
    ? { variable, fresh: `new ${gates.indexOf(gate)} ${path}`, kept: path, by }
    : { variable, fresh: path, kept: `kept ${gates.indexOf(gate)} ${path}`, by };
};

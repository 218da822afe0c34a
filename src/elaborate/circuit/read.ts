import { type Axis, hasAxis, sameAxis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId, Position } from "../../circuit/circuit.ts";
import { boundaryAt, type Outside, positionsOutside, type Resolved, slotsOutside } from "../bounds.ts";
import { isInside } from "../instantiate/position.ts";
import type { Place, Variable } from "../system.ts";

/** Gives the node of a variable where it is read: delayed, taken at a position, or along another axis. */
export interface Reader {
  readonly read: (resolved: Resolved) => NodeId;
  /** Ties the delays that were read before what they delay was built, which now may be. */
  readonly close: () => void;
}

/** `built` gives the node of a variable, if it stands; `axesOf` all the axes that its value may have. */
export const newReader = (
  b: Builder,
  built: (path: string) => NodeId | undefined,
  axesOf: (variable: Variable) => ReadonlyArray<Axis>,
  require: (axis: TimeAxis, position: Position) => void,
): Reader => {
  const delays = new Map<string, NodeId>();
  const open = new Map<string, () => boolean>();

  /** A delay; where its source is not built, that is tied once it is. */
  const delayed = (
    variable: Variable,
    key: string,
    { slot, by }: Shift,
    boundary: NodeId | undefined,
    sourceOf: () => NodeId | undefined,
    axes: () => ReadonlyArray<Axis>,
  ): NodeId | undefined => {
    const known = delays.get(key);
    if (known !== undefined || boundary === undefined) return known;
    const axis = variable.axes[slot]!;
    const source = sourceOf();
    const node = source === undefined ? b.feedback(axis, by, boundary, axes()) : b.delay(axis, by, boundary, source);
    if (source === undefined)
      open.set(key, () => {
        const made = sourceOf();
        if (made !== undefined) b.tie(node, made);
        return made !== undefined;
      });
    delays.set(key, node);
    return node;
  };

  /** The nearest shift first: the delays of several axes are a delay of a delay. */
  const shifted = (variable: Variable, shifts: ReadonlyArray<Shift>): NodeId | undefined => {
    const [last, ...rest] = shifts;
    if (last === undefined) return built(variable.path);
    return delayed(
      variable,
      `${variable.path}|${shown(shifts)}`,
      last,
      outside(variable, [leaving(variable, last)], rest),
      () => shifted(variable, rest),
      () => axesOf(variable),
    );
  };

  /**
   * What is read where the slots of `left` are outside their axes, shifted along others: those may come to be outside
   * too, at the corners. A boundary may be built later than what reads it at another position.
   */
  const outside = (
    variable: Variable,
    left: ReadonlyArray<Leaving>,
    shifts: ReadonlyArray<Shift>,
  ): NodeId | undefined => {
    const [shift, ...rest] = shifts;
    if (shift === undefined) return boundaryOf(variable, left, new Map());
    const edge = outside(variable, left, rest);
    const corner = outside(variable, [...left, leaving(variable, shift)], rest);
    const axis = variable.axes[shift.slot]!;
    if (edge !== undefined && edge === corner && !hasAxis(b.node(edge).axes, axis)) return edge;
    return delayed(
      variable,
      `${variable.path}|${JSON.stringify(left)}|${shown(shifts)}`,
      shift,
      corner,
      () => outside(variable, left, rest),
      () =>
        withoutAxes(
          axesOf(variable),
          left.flatMap(({ slot, by }) => (by === 0 ? [variable.axes[slot]!] : [])),
        ),
    );
  };

  /** The boundary for each position where a slot may be outside; `chosen` are the slots decided already. */
  const boundaryOf = (variable: Variable, left: ReadonlyArray<Leaving>, chosen: Outside): NodeId | undefined => {
    const [first, ...rest] = left;
    if (first === undefined) return built(boundaryAt(variable, chosen)!.variable);
    const { slot, by } = first;
    const axis = variable.axes[slot]!;
    const positions = first.positions.flatMap((position) => {
      const node = boundaryOf(variable, rest, new Map([...chosen, [slot, position]]));
      return node === undefined ? [] : [{ node, position }];
    });
    if (positions.length < first.positions.length) return undefined;
    const [nearest, ...further] = positions;
    return further.reduce(
      (inner, { node, position }) =>
        node === inner
          ? inner
          : b.map("select", b.map("equal", b.index(axis), readerOf(b, axis, position, by)), node, inner),
      nearest!.node,
    );
  };

  const read = ({ variable, places }: Resolved): NodeId => {
    const shifts = places.flatMap((place, slot) =>
      place.tag === "shift" && place.by !== 0 ? [{ slot, by: place.by }] : [],
    );
    const left = slotsOutside({ variable, places }).map((slot) => staying(slot, places[slot]!));
    const value = (left.length > 0 ? outside(variable, left, shifts) : shifted(variable, shifts))!;
    return arrange(value, variable.axes, places);
  };

  /** Takes the value at constant positions, then renames the axes that are read along others. */
  const arrange = (node: NodeId, axes: ReadonlyArray<TimeAxis>, places: ReadonlyArray<Place>): NodeId => {
    // The innermost axis first: its length may stand over the others.
    const inwards = axes
      .map((axis, slot) => ({ axis, place: places[slot]! }))
      .sort((p, q) => q.axis.rank - p.axis.rank);
    const taken = inwards.reduce((value, { axis, place }) => {
      if (place.tag === "shift" || !isInside(axis, place.position)) return value;
      // The variable has no such position on a shorter axis, though the value may be the same at them all.
      require(axis, place.position);
      return hasAxis(b.node(value).axes, axis) ? b.at(axis, place.position, value) : value;
    }, node);
    const renames = axes.flatMap((axis, slot) => {
      const place = places[slot]!;
      return place.tag === "shift" && !sameAxis(axis, place.axis) ? [[axis, place.axis] as const] : [];
    });
    return b.rename(renames, taken);
  };

  return {
    read,
    close: () => {
      for (const [key, tie] of open) if (tie()) open.delete(key);
    },
  };
};

const shown = (shifts: ReadonlyArray<Shift>): string => shifts.map(({ slot, by }) => `${slot}:${by}`).join();

interface Shift {
  readonly slot: number;
  readonly by: number;
}

/** A slot outside its axis: at one of these positions, the nearest first. */
interface Leaving extends Shift {
  readonly positions: ReadonlyArray<Position>;
}

const leaving = ({ axes }: Variable, { slot, by }: Shift): Leaving => ({
  slot,
  by,
  positions: positionsOutside(axes[slot]!, by),
});

const staying = (slot: number, place: Place): Leaving => ({
  slot,
  by: 0,
  positions: place.tag === "at" ? [place.position] : [],
});

/** The position on the axis from which a shift reads `position`. */
const readerOf = (b: Builder, axis: TimeAxis, position: Position, by: number): NodeId =>
  position.tag === "fromStart"
    ? b.constant(position.position + by)
    : b.map("add", b.length(axis), b.constant(position.offset + by));

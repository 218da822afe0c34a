import { type Axis, hasAxis, sameAxis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId, Position } from "../../circuit/circuit.ts";
import { boundaryAt, type Outside, positionsOutside, type Resolved, slotsOutside } from "../bounds.ts";
import { type Fall, fallen, fallsOf, lengthFor, namedSlots } from "../falling.ts";
import type { IndexPlace, Variable } from "../system.ts";

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
  require: (axis: TimeAxis, position: Position, least: number) => void,
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

  const read = (resolved: Resolved): NodeId => {
    const { variable, places } = resolved;
    const renames = variable.axes.flatMap((axis, slot) => {
      const place = places[slot]!;
      return place.tag === "shift" && !sameAxis(axis, place.axis) ? [[axis, place.axis] as const] : [];
    });
    return b.rename(renames, taken(resolved, namedSlots(resolved), fallsOf(resolved)));
  };

  /** The value at the positions of some slots; on an axis that is too short for one, the boundary that it falls onto. */
  const taken = (
    resolved: Resolved,
    slots: ReadonlyArray<number>,
    falls: ReadonlyMap<number, ReadonlyArray<Fall>>,
  ): NodeId => {
    const { variable, places } = resolved;
    const [slot, inner] = [slots.at(-1), slots.slice(0, -1)];
    if (slot === undefined) return unnamed(resolved);
    const [axis, place] = [variable.axes[slot]!, places[slot]!];
    const value = taken(resolved, inner, falls);
    if (place.tag === "shift") return value;
    const given = falls.get(slot) ?? [];
    // The variable has no such position on a shorter axis, though the value may be the same at them all.
    require(axis, place.position, lengthFor(place.position) - given.length);
    const there = hasAxis(b.node(value).axes, axis) ? b.at(axis, place.position, value) : value;
    return orFallen(
      b,
      axis,
      there,
      given.map(({ length, position }) => ({ length, node: taken(fallen(resolved, slot, position), inner, falls) })),
    );
  };

  const unnamed = (resolved: Resolved): NodeId => {
    const { variable, places } = resolved;
    const shifts = places.flatMap((place, slot) =>
      place.tag === "shift" && place.by !== 0 ? [{ slot, by: place.by }] : [],
    );
    const left = slotsOutside(resolved).map((slot) => staying(slot, places[slot]!));
    return (left.length > 0 ? outside(variable, left, shifts) : shifted(variable, shifts))!;
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

const staying = (slot: number, place: IndexPlace): Leaving => ({
  slot,
  by: 0,
  positions: place.tag === "at" ? [place.position] : [],
});

/** The value there, or, where the axis is as short as one of these lengths (the greatest first), another. */
const orFallen = (
  b: Builder,
  axis: TimeAxis,
  there: NodeId,
  others: ReadonlyArray<{ readonly length: number; readonly node: NodeId }>,
): NodeId => {
  const [nearest, ...further] = others;
  if (nearest === undefined) return there;
  const { op } = b.node(there);
  const other = further.reduce(
    (inner, { length, node }) =>
      node === inner ? inner : b.map("select", b.map("lessEqual", b.length(axis), b.constant(length)), node, inner),
    nearest.node,
  );
  // What an axis does not reach is 0 already.
  const { op: boundary } = b.node(other);
  if (op.tag === "at" && boundary.tag === "constant" && boundary.value === 0) return there;
  return b.map("select", b.map("lessEqual", b.length(axis), b.constant(nearest.length)), other, there);
};

/** The position on the axis from which a shift reads `position`. */
const readerOf = (b: Builder, axis: TimeAxis, position: Position, by: number): NodeId =>
  position.tag === "fromStart"
    ? b.constant(position.position + by)
    : b.map("add", b.length(axis), b.constant(position.offset + by));

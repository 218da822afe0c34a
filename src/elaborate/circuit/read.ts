import { type Axis, hasAxis, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId, Position } from "../../circuit/circuit.ts";
import { boundaryAt, positionsOutside, type Resolved, slotOutside } from "../bounds.ts";
import type { Place, Variable } from "../system.ts";

/** Gives the node of a variable where it is read: delayed, taken at a position, or along another axis. */
export interface Reader {
  readonly read: (resolved: Resolved) => NodeId;
  /** Ties the delays that were read before their variable was built. */
  readonly close: (variable: Variable, node: NodeId) => void;
}

/** `built` gives the node of a variable, if it stands; `axesOf` all the axes that its value may have. */
export const newReader = (
  b: Builder,
  built: (path: string) => NodeId | undefined,
  axesOf: (variable: Variable) => ReadonlyArray<Axis>,
  require: (axis: TimeAxis, position: Position) => void,
): Reader => {
  const delays = new Map<string, NodeId>();
  const open = new Map<string, NodeId[]>();

  /** The nearest shift first: the delays of several axes are a delay of a delay. */
  const shifted = (variable: Variable, shifts: ReadonlyArray<Shift>): NodeId | undefined => {
    const [last, ...rest] = shifts;
    if (last === undefined) return built(variable.path);
    const key = `${variable.path}|${shifts.map(({ slot, by }) => `${slot}:${by}`).join()}`;
    const known = delays.get(key);
    if (known !== undefined) return known;
    const source = shifted(variable, rest);
    const axis = variable.axes[last.slot]!;
    const boundary = shiftedBoundary(variable, last, rest);
    const node =
      source === undefined
        ? b.feedback(axis, last.by, boundary, axesOf(variable))
        : b.delay(axis, last.by, boundary, source);
    if (source === undefined) open.set(variable.path, [...(open.get(variable.path) ?? []), node]);
    delays.set(key, node);
    return node;
  };

  /** What a shift reads outside its axis, at every position of the axis where it does. */
  const boundaryOf = (variable: Variable, { slot, by }: Shift): NodeId => {
    const axis = variable.axes[slot]!;
    const [nearest, ...further] = positionsOutside(axis, by).map((position) => ({
      node: built(boundaryAt(variable, slot, position)!.variable)!,
      reader: readerOf(b, axis, position, by),
    }));
    return further.reduce(
      (inner, { node, reader }) =>
        node === inner ? inner : b.map("select", b.map("equal", b.index(axis), reader()), node, inner),
      nearest!.node,
    );
  };

  /** A boundary along one axis is itself shifted along the others, if it varies along them. */
  const shiftedBoundary = (variable: Variable, shift: Shift, others: ReadonlyArray<Shift>): NodeId =>
    others.reduce(
      (node, other) => {
        const axis = variable.axes[other.slot]!;
        return hasAxis(b.node(node).axes, axis) ? b.delay(axis, other.by, boundaryOf(variable, other), node) : node;
      },
      boundaryOf(variable, shift),
    );

  const read = ({ variable, places }: Resolved): NodeId => {
    const outside = slotOutside({ variable, places });
    if (outside >= 0) return readBoundary(variable, places, outside);
    const shifts = places.flatMap((place, slot) =>
      place.tag === "shift" && place.by !== 0 ? [{ slot, by: place.by }] : [],
    );
    return arrange(shifted(variable, shifts)!, variable.axes, places);
  };

  const readBoundary = (variable: Variable, places: ReadonlyArray<Place>, slot: number): NodeId => {
    const place = places[slot]!;
    const boundary = place.tag === "at" ? boundaryAt(variable, slot, place.position)! : undefined;
    return arrange(built(boundary!.variable)!, variable.axes, places);
  };

  /** Takes the value at constant positions, then renames the axes that are read along others. */
  const arrange = (node: NodeId, axes: ReadonlyArray<TimeAxis>, places: ReadonlyArray<Place>): NodeId => {
    // The innermost axis first: its length may stand over the others.
    const inwards = axes
      .map((axis, slot) => ({ axis, place: places[slot]! }))
      .sort((p, q) => q.axis.rank - p.axis.rank);
    const taken = inwards.reduce((value, { axis, place }) => {
      if (place.tag === "shift" || !hasAxis(b.node(value).axes, axis)) return value;
      require(axis, place.position);
      return b.at(axis, place.position, value);
    }, node);
    const renames = axes.flatMap((axis, slot) => {
      const place = places[slot]!;
      return place.tag === "shift" && !sameAxis(axis, place.axis) ? [[axis, place.axis] as const] : [];
    });
    return b.rename(renames, taken);
  };

  return {
    read,
    close: ({ path }, node) => {
      for (const feedback of open.get(path) ?? []) b.tie(feedback, node);
      open.delete(path);
    },
  };
};

interface Shift {
  readonly slot: number;
  readonly by: number;
}

/** The position on the axis from which a shift reads `position`. */
const readerOf = (b: Builder, axis: TimeAxis, position: Position, by: number) => (): NodeId =>
  position.tag === "fromStart"
    ? b.constant(position.position + by)
    : b.map("add", b.length(axis), b.constant(position.offset + by));

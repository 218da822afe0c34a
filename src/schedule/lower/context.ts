import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Count, Loop, Scalar } from "../../loops/loops.ts";
import { call } from "../../loops/scalars.ts";
import { extentOf, isRagged, type LengthNames, type Size } from "../../loops/size.ts";
import type { Group } from "../order/nest.ts";
import type { BufferPlace } from "../place/places.ts";
import type { Storage } from "../place/storage.ts";
import type { Classified } from "../statements/classify.ts";
import { canGuard } from "../statements/clean.ts";
import type { Statement } from "../statements/statement.ts";
import type { collapse } from "./collapse.ts";
import { type Environment, indexIn, position, variableIndex } from "./environment.ts";
import type { Scalars } from "./scalar.ts";

type Body = (inside: Environment) => ReadonlyArray<Loop>;

/** How statements become loops, where there is a choice. */
export interface Lowering {
  /** The dimensions of a product: axes that can be taken as one. */
  readonly collapse: typeof collapse;
  /** Whether every sum takes its terms one after the other, so that its bits do not depend on how many there are beside it. */
  readonly inOrder: boolean;
  /** The loops over the components of a fused group. */
  readonly fusedLoops: (
    context: Context,
    group: Group,
    environment: Environment,
    row: ReadonlyMap<NodeId, Scalar>,
  ) => ReadonlyArray<Loop>;
}

/** What every statement is lowered with: where values stand, how they are read, and loops over axes. */
export interface Context {
  readonly classified: Classified;
  readonly storage: Storage;
  readonly choices: Lowering;
  readonly scalars: Scalars;
  readonly extent: (axis: Axis) => Size;
  /** Loops over axes, outermost first, to the padded extents; those along an axis of which `isFromEnd` holds run back. */
  readonly over: (
    axes: ReadonlyArray<Axis>,
    environment: Environment,
    body: Body,
    isFromEnd?: (axis: Axis) => boolean,
  ) => ReadonlyArray<Loop>;
  /** Loops over the valid positions of axes that are reduced: the batch first, so that lengths are known. */
  readonly overValid: (axes: ReadonlyArray<Axis>, environment: Environment, body: Body) => ReadonlyArray<Loop>;
  /** The condition that a position is no padding, if loops over these axes can meet any. */
  readonly validity: (axes: ReadonlyArray<Axis>, environment: Environment) => Scalar | undefined;
  readonly placeOf: (statement: Statement) => BufferPlace | undefined;
}

export const newContext = (
  classified: Classified,
  storage: Storage,
  scalars: Scalars,
  lengths: LengthNames,
  choices: Lowering,
): Context => {
  const extent = extentOf(lengths);
  const padded = (axis: Axis): Count => ({ tag: "size", size: extent(axis) });
  const valid = (axis: Axis, environment: Environment): Count =>
    isRagged(axis) ? { tag: "length", ...scalars.lengthIndex(axis, environment) } : padded(axis);

  const nested = (
    axes: ReadonlyArray<Axis>,
    environment: Environment,
    body: Body,
    countOf: (axis: Axis, environment: Environment) => Count,
    isFromEnd: (axis: Axis) => boolean = () => false,
  ): ReadonlyArray<Loop> => {
    const [axis, ...rest] = axes;
    if (axis === undefined) return body(environment);
    const variable = scalars.fresh("i");
    const inside = new Map([...environment, [axis.key, variableIndex(variable)]]);
    const loops = nested(rest, inside, body, countOf, isFromEnd);
    // There is nothing to do for a result that stands in place.
    if (loops.length === 0) return [];
    const extent = countOf(axis, environment);
    return [{ tag: "for", variable, extent, descending: isFromEnd(axis), body: loops }];
  };

  return {
    classified,
    storage,
    choices,
    scalars,
    extent,
    over: (axes, environment, body, isFromEnd) => nested(axes, environment, body, padded, isFromEnd),
    overValid: (axes, environment, body) =>
      nested(
        [...axes.filter((axis) => axis.tag === "batch"), ...axes.filter((axis) => axis.tag !== "batch")],
        environment,
        body,
        valid,
      ),
    validity: (axes, environment) =>
      axes
        .filter((axis) => isRagged(axis) && canGuard(axes, axis))
        .map((axis) => {
          const at: Scalar = { tag: "indexValue", index: position(environment, axis.key) };
          return call("less", at, scalars.length(axis, environment));
        })
        .reduce<Scalar | undefined>((all, one) => (all === undefined ? one : call("and", all, one)), undefined),
    placeOf: (statement) => {
      if (statement.tag === "result") return storage.resultPlaceOf(statement.id);
      return storage.placeOf(statement.tag === "boundary" ? statement.pad.source : statement.node);
    },
  };
};

export const storeAt = (
  place: BufferPlace,
  environment: Environment,
  value: Scalar,
  mode: "set" | "sum" | "max" = "set",
): Loop => ({ tag: "store", buffer: place.buffer, index: indexIn(place, environment), value, mode });

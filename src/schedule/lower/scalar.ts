import { type Axis, type CountedAxis, firstOf, raggedOver, sameAxis } from "../../circuit/axis.ts";
import type { Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, type Index, integer, type Loop, type Scalar, scaled } from "../../loops/loops.ts";
import { call, choose, number } from "../../loops/scalars.ts";
import { extentOf, fixed, isRagged, type LengthNames, type Size, times } from "../../loops/size.ts";
import type { Storage } from "../place/storage.ts";
import type { Classified } from "../statements/classify.ts";
import type { Renames, Summand } from "../statements/statement.ts";
import { type Environment, indexIn, moved, position, renamed } from "./environment.ts";

/** Statements that must come before a scalar, and the scalar. */
export interface Computed {
  readonly before: ReadonlyArray<Loop>;
  readonly value: Scalar;
}

/** Which position of an axis a value names. */
interface Pick {
  readonly axis: CountedAxis;
  readonly symbol: NodeId;
  readonly renames: Renames;
}

/** How values are read and computed at one position: the node's operation with the loop variables put in. */
export interface Scalars {
  readonly fresh: (prefix: string) => string;
  readonly read: (id: NodeId, environment: Environment, locals: ReadonlyMap<NodeId, Scalar>) => Scalar;
  /** What a statement of kind `point` computes. */
  readonly define: (id: NodeId, environment: Environment, locals: ReadonlyMap<NodeId, Scalar>) => Computed;
  /** The product of the factors, in an environment where each look-up's axis stands at its symbol. */
  readonly product: (summand: Summand, environment: Environment, locals: ReadonlyMap<NodeId, Scalar>) => Scalar;
  /** An environment with each look-up's axis at its symbol; what it takes is best done outside the inner loops. */
  readonly lookUp: (
    summand: Summand,
    environment: Environment,
    locals: ReadonlyMap<NodeId, Scalar>,
  ) => { readonly before: ReadonlyArray<Loop>; readonly lookedUp: Environment };
  /** The position of an axis that a symbol or a number names, as a loop variable. */
  readonly symbol: (
    pick: Pick,
    environment: Environment,
    locals: ReadonlyMap<NodeId, Scalar>,
  ) => { readonly before: ReadonlyArray<Loop>; readonly index: Index };
  readonly length: (axis: Axis, environment: Environment) => Scalar;
  readonly lengthIndex: (axis: Axis, environment: Environment) => { readonly table: number; readonly index: Index };
}

export const scalars = (classified: Classified, storage: Storage, lengths: LengthNames): Scalars => {
  const { circuit, statements, views } = classified;
  const extent = extentOf(lengths);
  let count = 0;
  const fresh = (prefix: string): string => `${prefix}${count++}`;
  const node = (id: NodeId): Node => nodeAt(circuit, id);

  /** A local holds the value at the loop's own position: it does not serve where an axis is read elsewhere. */
  const standing = (locals: ReadonlyMap<NodeId, Scalar>, moving: ReadonlyArray<Axis>): ReadonlyMap<NodeId, Scalar> =>
    new Map([...locals].filter(([id]) => !node(id).axes.some((axis) => moving.some((other) => sameAxis(other, axis)))));

  const lengthIndex: Scalars["lengthIndex"] = (axis, environment) => {
    if (axis.tag !== "time" || axis.extent.tag !== "length")
      throw new CompilerFault("schedule", "a fixed axis has no table of lengths");
    const { name } = axis.extent;
    const over = axis.extent.over.filter((other) => other.tag === "time");
    const outer = over.map(extent);
    const stride = (from: number): Size => outer.slice(from).reduce(times, fixed(1));
    const batch = scaled(position(environment, "@batch"), stride(0));
    return {
      table: lengths.indexOf(name),
      index: over.reduce(
        (index, axis, i) => addIndex(index, scaled(position(environment, axis.key), stride(i + 1))),
        batch,
      ),
    };
  };
  const length: Scalars["length"] = (axis, environment) =>
    isRagged(axis) ? { tag: "length", ...lengthIndex(axis, environment) } : { tag: "size", size: extent(axis) };

  const read: Scalars["read"] = (id, environment, locals) => {
    const local = locals.get(id);
    if (local !== undefined) return local;
    const place = storage.placeOf(id);
    if (place !== undefined) return { tag: "load", buffer: place.buffer, index: indexIn(place, environment) };
    const { op, inputs } = node(id);
    switch (op.tag) {
      case "constant":
        return number(op.value);
      case "index":
        return {
          tag: "indexValue",
          index: addIndex(position(environment, op.axis.key), integer(firstOf(op.axis))),
        };
      case "length":
        return length(op.axis, environment);
      case "rename":
        return read(
          inputs[0]!,
          renamed(node(inputs[0]!).axes, op.renames, environment),
          standing(
            locals,
            op.renames.map(([from]) => from),
          ),
        );
      case "slice": {
        const at = addIndex(position(environment, `#${op.axis.slot}:${op.size}`), integer(op.from));
        return read(inputs[0]!, new Map([...environment, [op.axis.key, at]]), standing(locals, [op.axis]));
      }
      case "onehot":
        return call("equal", read(inputs[0]!, environment, locals), {
          tag: "indexValue",
          index: addIndex(position(environment, op.axis.key), integer(firstOf(op.axis))),
        });
      case "map":
        return call(op.fn, ...inputs.map((input) => read(input, environment, locals)));
      case "delay":
        if (views.has(id)) return read(inputs[1]!, moved(environment, op.axis, -op.by), standing(locals, [op.axis]));
        break;
    }
    throw new CompilerFault(
      "schedule",
      `node ${id} (${op.tag}, statement ${statements.get(id)?.tag}) is neither stored nor read in place`,
    );
  };

  /** A value at another position of an axis; where axes ragged over it do not reach as far there, something else. */
  const there = (
    id: NodeId,
    axes: ReadonlyArray<Axis>,
    axis: Axis,
    at: Index,
    environment: Environment,
    locals: ReadonlyMap<NodeId, Scalar>,
    otherwise: Scalar,
  ): Scalar => {
    const inside = new Map([...environment, [axis.key, at]]);
    const value = read(id, inside, standing(locals, [axis]));
    return raggedOver(axes, axis).reduce((soFar, ragged) => {
      const place: Scalar = { tag: "indexValue", index: position(environment, ragged.key) };
      return choose(call("less", place, length(ragged, inside)), soFar, otherwise);
    }, value);
  };

  const define: Scalars["define"] = (id, environment, locals) => {
    const { op, inputs, axes } = node(id);
    switch (op.tag) {
      case "map":
        return { before: [], value: call(op.fn, ...inputs.map((input) => read(input, environment, locals))) };
      case "delay": {
        const at = addIndex(position(environment, op.axis.key), integer(-op.by));
        const inRange =
          op.by > 0
            ? call("lessEqual", number(0), { tag: "indexValue", index: at })
            : call("less", { tag: "indexValue", index: at }, length(op.axis, environment));
        const boundary = read(inputs[0]!, environment, locals);
        return {
          before: [],
          value: choose(inRange, there(inputs[1]!, axes, op.axis, at, environment, locals, boundary), boundary),
        };
      }
      case "at": {
        const { axis, position: place } = op;
        if (place.tag === "fromStart") {
          const value = there(
            inputs[0]!,
            node(inputs[0]!).axes,
            axis,
            integer(place.position - 1),
            environment,
            locals,
            number(0),
          );
          const reaches = call("lessEqual", number(place.position), length(axis, environment));
          return { before: [], value: choose(reaches, value, number(0)) };
        }
        const name = fresh("at");
        const at: Index = { terms: [{ variable: name, stride: fixed(1) }], constant: [] };
        const value = there(inputs[0]!, node(inputs[0]!).axes, axis, at, environment, locals, number(0));
        return {
          before: [
            { tag: "letInteger", name, value: call("add", length(axis, environment), number(place.offset - 1)) },
          ],
          value: choose(call("lessEqual", number(0), { tag: "local", name }), value, number(0)),
        };
      }
      default:
        throw new CompilerFault("schedule", `${op.tag} is not computed point by point`);
    }
  };

  /** What stands in padding names anything: it is brought to a place that is there. */
  const placeOf = (axis: CountedAxis, value: Scalar): Scalar => {
    if (axis.tag === "feature") return value;
    const last = call("sub", { tag: "size", size: extent(axis) }, number(1));
    return call("max", number(0), call("min", call("sub", value, number(1)), last));
  };
  const symbol: Scalars["symbol"] = ({ axis, symbol: id, renames }, environment, locals) => {
    const name = fresh("symbol");
    const value = placeOf(axis, read(id, renamed(node(id).axes, renames, environment), locals));
    return {
      before: [{ tag: "letInteger", name, value }],
      index: { terms: [{ variable: name, stride: fixed(1) }], constant: [] },
    };
  };

  const lookUp: Scalars["lookUp"] = ({ lookups }, environment, locals) => {
    const found = lookups.map((lookup) => ({
      key: lookup.axis.key,
      ...symbol(lookup, environment, locals),
    }));
    return {
      before: found.flatMap(({ before }) => before),
      lookedUp: new Map(found.map(({ key, index }) => [key, index])),
    };
  };
  const product: Scalars["product"] = ({ factors, lookups }, environment, locals) => {
    const usable = standing(
      locals,
      lookups.map(({ axis }) => axis),
    );
    const values = factors.map((factor) => read(factor, environment, usable));
    return values.length === 0 ? number(1) : values.reduce((a, b) => call("mul", a, b));
  };

  return { fresh, read, define, product, lookUp, symbol, length, lengthIndex };
};

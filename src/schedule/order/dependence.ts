import { type Axis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Classified } from "../statements/classify.ts";
import type { Renames, Statement, StatementId } from "../statements/statement.ts";

/**
 * Where a consumer at index i of its own axes finds each axis of a producer: at i - shift of one of them. An axis that
 * is not in the map is read at positions that the consumer's index does not fix (it is summed over, or looked up).
 */
export type Mapping = ReadonlyMap<string, { readonly key: string; readonly shift: number }>;

/** A statement that another one reads, and where. */
export interface Dependence {
  readonly on: StatementId;
  readonly mapping: Mapping;
}

/** The distance along an axis from producer to consumer; undefined where it is not one number. */
export const distanceAlong = ({ mapping }: Dependence, axis: Axis): number | undefined => {
  const found = mapping.get(axis.key);
  return found !== undefined && found.key === axis.key ? found.shift : undefined;
};

/** Whether the producer's value at the consumer's own index is what is read, along all these axes. */
export const isAligned = (dependence: Dependence, axes: ReadonlyArray<Axis>): boolean =>
  axes.every((axis) => distanceAlong(dependence, axis) === 0);

/** What a statement reads: other statements' values, and leaves. */
export interface Reads {
  readonly statements: ReadonlyArray<Dependence>;
  readonly leaves: ReadonlyArray<{ readonly leaf: NodeId; readonly mapping: Mapping }>;
}

/** All that a statement reads. */
export const readsOf = (classified: Classified, statement: Statement): Reads => {
  const { circuit, statements, views, boundaryOf } = classified;
  const found: Dependence[] = [];
  const leaves: Array<Reads["leaves"][number]> = [];

  const walk = (id: NodeId, mapping: Mapping): void => {
    if (statements.has(id)) {
      found.push({ on: id, mapping });
      return;
    }
    const { op, inputs, axes } = nodeAt(circuit, id);
    switch (op.tag) {
      case "parameter":
      case "input":
        leaves.push({ leaf: id, mapping });
        break;
      case "rename":
        walk(inputs[0]!, renameMapping(nodeAt(circuit, inputs[0]!).axes, op.renames, mapping));
        break;
      case "slice":
        walk(
          inputs[0]!,
          without(
            mapping,
            axes.filter((axis) => axis.tag === "feature" && axis.slot === op.axis.slot),
          ),
        );
        break;
      case "concat":
        for (const input of inputs) walk(input, without(mapping, [op.axis]));
        break;
      case "delay":
        if (views.has(id)) found.push({ on: boundaryOf(inputs[1]!), mapping: without(mapping, [op.axis]) });
        walk(inputs[1]!, shifted(mapping, op.axis, op.by));
        break;
      default:
        for (const input of inputs) walk(input, mapping);
    }
  };
  const walkSymbol = (symbol: NodeId, renames: Renames, mapping: Mapping): void =>
    walk(symbol, renameMapping(nodeAt(circuit, symbol).axes, renames, mapping));

  const own = identity(statement.axes);
  switch (statement.tag) {
    case "point": {
      const { op, inputs } = nodeAt(circuit, statement.node);
      if (op.tag === "at") walk(inputs[0]!, without(own, [op.axis]));
      else if (op.tag === "delay") {
        walk(inputs[0]!, own);
        walk(inputs[1]!, shifted(own, op.axis, op.by));
      } else for (const input of inputs) walk(input, own);
      break;
    }
    case "concat": {
      const { op, inputs, axes } = nodeAt(circuit, statement.node);
      const others = op.tag === "concat" ? withoutAxes(axes, [op.axis]) : axes;
      for (const input of inputs) walk(input, identity(others));
      break;
    }
    case "lookup":
    case "reduction":
    case "scatter": {
      const inner = statement.tag === "scatter" ? identity(withoutAxes(statement.axes, [statement.axis])) : own;
      for (const factor of statement.factors) walk(factor, inner);
      for (const { symbol, renames } of statement.lookups) walkSymbol(symbol, renames, inner);
      if (statement.tag === "scatter") walkSymbol(statement.symbol, statement.renames, inner);
      break;
    }
    case "product":
      walk(statement.left, own);
      walk(statement.right, own);
      break;
    case "boundary":
      for (const value of [statement.pad.frontValue, statement.pad.backValue])
        if (value !== undefined) walk(value, own);
      break;
    case "result":
      walk(statement.output.node, own);
      break;
  }
  return { statements: found, leaves };
};

/**
 * What must be done before a result takes the place of a leaf: all that reads the leaf. A statement that reads it just
 * where the result is written may share the result's loop body.
 */
export const beforeUpdate = (by: Statement, leafAxes: ReadonlyArray<Axis>, mapping: Mapping): Dependence => {
  const sameAxes = by.axes.length === leafAxes.length;
  const inPlace =
    sameAxes && leafAxes.every(({ key }) => mapping.get(key)?.key === key && mapping.get(key)?.shift === 0);
  return { on: by.id, mapping: inPlace ? identity(by.axes) : new Map() };
};

const identity = (axes: ReadonlyArray<Axis>): Mapping => new Map(axes.map(({ key }) => [key, { key, shift: 0 }]));

const without = (mapping: Mapping, axes: ReadonlyArray<Axis>): Mapping =>
  new Map([...mapping].filter(([key]) => !axes.some((axis) => axis.key === key)));

const shifted = (mapping: Mapping, axis: Axis, by: number): Mapping => {
  const found = mapping.get(axis.key);
  return found === undefined ? mapping : new Map([...mapping, [axis.key, { key: found.key, shift: found.shift + by }]]);
};

/** The mapping for the operand of a renaming, whose axis `from` is read where the result's axis `to` is. */
const renameMapping = (operandAxes: ReadonlyArray<Axis>, renames: Renames, mapping: Mapping): Mapping =>
  new Map(
    operandAxes.flatMap((axis) => {
      const renamed = renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
      const place = mapping.get(renamed.key);
      return place === undefined ? [] : [[axis.key, place] as const];
    }),
  );

import { type Axis, sortAxes, withoutAxes } from "../circuit/axis.ts";
import type { NodeId } from "../circuit/circuit.ts";
import { CompilerFault } from "../fault.ts";
import { type Classified, canGuard } from "./classify.ts";
import { addIndex, type Block, type Count, type Index, type Loop, type Scalar } from "./loops.ts";
import type { Group, Loops } from "./nest.ts";
import { lowerProduct } from "./product.ts";
import { call, type Environment, indexIn, integer, number, position, type Scalars } from "./scalar.ts";
import { extentOf, fixed, isRagged, type LengthNames } from "./size.ts";
import type { Statement } from "./statement.ts";
import { needsZeros, type Place, type Storage } from "./storage.ts";

/** Turns scans, nests and statements into the loop language, one block for each item. */
export const lower = (
  classified: Classified,
  storage: Storage,
  scalars: Scalars,
  lengths: LengthNames,
  loops: ReadonlyArray<Loops>,
): ReadonlyArray<Block> => {
  const { circuit } = classified;
  const extent = extentOf(lengths);
  const nameOf = (id: NodeId): string => circuit.nodes[id]!.name ?? `v${id}`;

  /** Loops over axes, outermost first, to the padded extents. */
  const over = (
    axes: ReadonlyArray<Axis>,
    environment: Environment,
    body: (inside: Environment) => ReadonlyArray<Loop>,
    countOf: (axis: Axis, environment: Environment) => Count = (axis) => ({ tag: "size", size: extent(axis) }),
  ): ReadonlyArray<Loop> => {
    const [axis, ...rest] = axes;
    if (axis === undefined) return body(environment);
    const variable = scalars.fresh("i");
    const inside = new Map([...environment, [axis.key, variableIndex(variable)]]);
    return [
      {
        tag: "for",
        variable,
        extent: countOf(axis, environment),
        descending: false,
        body: over(rest, inside, body, countOf),
      },
    ];
  };
  /** Loops over the valid positions of axes that are reduced: the batch first, so that lengths are known. */
  const overValid = (
    axes: ReadonlyArray<Axis>,
    environment: Environment,
    body: (inside: Environment) => ReadonlyArray<Loop>,
  ) => {
    const batchFirst = [...axes.filter((axis) => axis.tag === "batch"), ...axes.filter((axis) => axis.tag !== "batch")];
    return over(batchFirst, environment, body, (axis, inside) =>
      isRagged(axis) ? { tag: "length", ...scalars.lengthIndex(axis, inside) } : { tag: "size", size: extent(axis) },
    );
  };
  /** The condition that a position is no padding, if loops over these axes can meet any. */
  const validity = (axes: ReadonlyArray<Axis>, environment: Environment): Scalar | undefined =>
    axes
      .filter((axis) => isRagged(axis) && canGuard(axes, axis))
      .map((axis) =>
        call("less", { tag: "indexValue", index: position(environment, axis.key) }, scalars.length(axis, environment)),
      )
      .reduce<Scalar | undefined>((all, one) => (all === undefined ? one : call("and", all, one)), undefined);
  const guarded = (
    axes: ReadonlyArray<Axis>,
    environment: Environment,
    then: ReadonlyArray<Loop>,
  ): ReadonlyArray<Loop> => {
    const condition = validity(axes, environment);
    return condition === undefined ? then : [{ tag: "if", condition, then, else: [] }];
  };

  const storeAt = (
    place: Place,
    environment: Environment,
    value: Scalar,
    mode: "set" | "sum" | "max" = "set",
  ): Loop => ({
    tag: "store",
    buffer: place.buffer,
    index: indexIn(place, environment),
    value,
    mode,
  });
  const placeOf = (statement: Statement): Place | undefined =>
    statement.tag === "result"
      ? storage.resultPlaceOf(statement.id)
      : statement.tag === "boundary"
        ? storage.placeOf(statement.pad.source)
        : storage.placeOf(statement.node);

  type Locals = ReadonlyMap<NodeId, Scalar>;

  /** One member of a fused group: its value as a local, and in its buffer if it has one. */
  const pointMember = (
    statement: Statement,
    environment: Environment,
    locals: Map<NodeId, Scalar>,
  ): ReadonlyArray<Loop> => {
    const place = placeOf(statement);
    if (statement.tag === "result") {
      return place === undefined
        ? []
        : [storeAt(place, environment, scalars.read(statement.output.node, environment, locals))];
    }
    if (statement.tag !== "point" && statement.tag !== "lookup")
      throw new CompilerFault("schedule", `${statement.tag} in a fused group`);
    const { before, value } =
      statement.tag === "point"
        ? scalars.define(statement.node, environment, locals)
        : scalars.summand(statement, environment, locals);
    const name = scalars.fresh("v");
    locals.set(statement.node, { tag: "local", name });
    return [
      ...before,
      { tag: "let", name, value },
      ...(place === undefined ? [] : [storeAt(place, environment, { tag: "local", name })]),
    ];
  };

  const reductionMember = (
    statement: Extract<Statement, { tag: "reduction" }>,
    inner: ReadonlyArray<Axis>,
    environment: Environment,
    locals: Map<NodeId, Scalar>,
  ): ReadonlyArray<Loop> => {
    const name = scalars.fresh("total");
    if (inner.length === 0) locals.set(statement.node, { tag: "local", name });
    const outerLocals = new Map(locals);
    return over(inner, environment, (at) => {
      const place = placeOf(statement);
      return [
        { tag: "accumulator", name, initial: statement.fn === "sum" ? 0 : Number.NEGATIVE_INFINITY },
        ...overValid(statement.over, at, (inside) => {
          const { before, value } = scalars.summand(statement, inside, outerLocals);
          return [...before, { tag: "accumulate", name, fn: statement.fn, value }];
        }),
        ...(place === undefined ? [] : [storeAt(place, at, { tag: "local", name })]),
      ];
    });
  };

  const concatMember = (
    statement: Extract<Statement, { tag: "concat" }>,
    environment: Environment,
    locals: Locals,
  ): ReadonlyArray<Loop> => {
    const { op, inputs, axes } = circuit.nodes[statement.node]!;
    const place = placeOf(statement);
    if (op.tag !== "concat" || place === undefined)
      throw new CompilerFault("schedule", "a concatenation without a buffer");
    const others = withoutAxes(
      axes.filter((axis) => axis.tag === "feature"),
      [op.axis],
    );
    return inputs.flatMap((part, i) => {
      const from = op.sizes.slice(0, i).reduce((a, b) => a + b, 0);
      const partAxis: Axis = {
        tag: "feature",
        key: `#${op.axis.slot}:${op.sizes[i]!}`,
        slot: op.axis.slot,
        size: op.sizes[i]!,
      };
      return over(sortAxes([...others, partAxis]), environment, (inside) => {
        const whole = new Map([...inside, [op.axis.key, addIndex(position(inside, partAxis.key), integer(from))]]);
        return [storeAt(place, whole, scalars.read(part, inside, locals))];
      });
    });
  };

  const groupLoops = (group: Group, environment: Environment, rowLocals: Map<NodeId, Scalar>): ReadonlyArray<Loop> => {
    if (!group.fused) {
      const [statement] = group.members;
      if (statement?.tag === "reduction") return reductionMember(statement, group.inner, environment, rowLocals);
      if (statement?.tag === "concat") return concatMember(statement, environment, rowLocals);
      throw new CompilerFault("schedule", `${statement?.tag} in a nest`);
    }
    if (group.inner.length === 0) return group.members.flatMap((member) => pointMember(member, environment, rowLocals));
    return over(group.inner, environment, (inside) => {
      const locals = new Map(rowLocals);
      return group.members.flatMap((member) => pointMember(member, inside, locals));
    });
  };

  /** What a nest writes where there is padding: zeros, so that no later product or advance reads anything else. */
  const zeros = (statements: ReadonlyArray<Statement>, environment: Environment): ReadonlyArray<Loop> =>
    statements.flatMap((statement) => {
      const place = placeOf(statement);
      if (place === undefined || !needsZeros(statement, place)) return [];
      return over(
        statement.axes.filter((axis) => axis.tag === "feature"),
        environment,
        (inside) => [storeAt(place, inside, number(0))],
      );
    });

  const nestLoops = (nest: Extract<Loops, { tag: "nest" }>, environment: Environment): ReadonlyArray<Loop> =>
    over(nest.outer, environment, (inside) => {
      const locals = new Map<NodeId, Scalar>();
      const body = nest.groups.flatMap((group) => groupLoops(group, inside, locals));
      const condition = validity(nest.axes, inside);
      if (condition === undefined) return body;
      return [
        {
          tag: "if",
          condition,
          then: body,
          else: zeros(
            nest.groups.flatMap(({ members }) => members),
            inside,
          ),
        },
      ];
    });

  const aloneLoops = (statement: Statement, environment: Environment): ReadonlyArray<Loop> => {
    const place = placeOf(statement);
    if (place === undefined) return [];
    const open = (axes: ReadonlyArray<Axis>) => axes.filter((axis) => !environment.has(axis.key));
    switch (statement.tag) {
      case "product":
        return lowerProduct({ classified, storage, over, extent, place }, statement, environment);
      case "boundary": {
        const { pad } = statement;
        const rows = (value: NodeId | undefined, positions: ReadonlyArray<Index>): ReadonlyArray<Loop> =>
          value === undefined || positions.length === 0
            ? []
            : over(open(statement.axes), environment, (inside) =>
                positions.map((at) =>
                  storeAt(place, new Map([...inside, [pad.axis.key, at]]), scalars.read(value, inside, new Map())),
                ),
              );
        const front = Array.from({ length: pad.front }, (_, i) => integer(-1 - i));
        const back = Array.from(
          { length: pad.back },
          (_, i): Index => ({ terms: [], constant: [extent(pad.axis), fixed(i)] }),
        );
        return [...rows(pad.frontValue, front), ...rows(pad.backValue, back)];
      }
      case "reduction":
      case "scatter": {
        const initial = statement.tag === "reduction" && statement.fn === "max" ? Number.NEGATIVE_INFINITY : 0;
        const spread = statement.tag === "scatter" ? withoutAxes(statement.axes, [statement.axis]) : statement.axes;
        const all = sortAxes([...spread, ...statement.over]);
        const mode = statement.tag === "reduction" ? statement.fn : "sum";
        return [
          ...over(open(statement.axes), environment, (inside) => [storeAt(place, inside, number(initial))]),
          ...over(outerOf(open(all)), environment, (outer) =>
            guarded(
              all,
              outer,
              over(innerOf(all), outer, (inside) => {
                const none: Locals = new Map();
                const { before, value } = scalars.summand(statement, inside, none);
                if (statement.tag === "reduction") return [...before, storeAt(place, inside, value, mode)];
                const target = scalars.symbol(statement.symbol, statement.renames, inside, none);
                const spreadTo = new Map([...inside, [statement.axis.key, target.index]]);
                return [...target.before, ...before, storeAt(place, spreadTo, value, "sum")];
              }),
            ),
          ),
        ];
      }
      default:
        throw new CompilerFault("schedule", `${statement.tag} outside a nest`);
    }
  };

  const loopsOf = (item: Loops, environment: Environment): ReadonlyArray<Loop> => {
    switch (item.tag) {
      case "scan": {
        const variable = scalars.fresh("t");
        const inside = new Map([...environment, [item.axis.key, variableIndex(variable)]]);
        const body = item.body.flatMap((inner) => loopsOf(inner, inside));
        return [
          { tag: "for", variable, extent: { tag: "size", size: extent(item.axis) }, descending: item.descending, body },
        ];
      }
      case "nest":
        return nestLoops(item, environment);
      case "alone":
        return aloneLoops(item.statement, environment);
    }
  };

  return loops
    .map((item) => ({ title: titleOf(item, nameOf), body: loopsOf(item, new Map()) }))
    .filter(({ body }) => body.length > 0);
};

const variableIndex = (variable: string): Index => ({ terms: [{ variable, stride: fixed(1) }], constant: [] });

const outerOf = (axes: ReadonlyArray<Axis>) => axes.filter((axis) => axis.tag !== "feature");
const innerOf = (axes: ReadonlyArray<Axis>) => axes.filter((axis) => axis.tag === "feature");

const titleOf = (item: Loops, nameOf: (id: NodeId) => string): string => {
  switch (item.tag) {
    case "scan":
      return `scan over ${item.axis.key}${item.descending ? ", backwards" : ""}`;
    case "nest":
      return `for all ${item.axes.map((axis) => (axis.tag === "batch" ? "examples" : axis.key)).join(", ") || "components"}`;
    case "alone":
      return item.statement.tag === "boundary"
        ? "boundary"
        : `${item.statement.tag}${"node" in item.statement ? ` ${nameOf(item.statement.node)}` : ""}`;
  }
};

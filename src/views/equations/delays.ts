import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { NodeId, Op, Pointwise } from "../../circuit/circuit.ts";
import { binary, choose, number, offset } from "../../syntax/make.ts";
import { fromEnd, here, moved, placeOf, shifted, type Where } from "./places.ts";
import { constantOf, nodeOf, type Reading } from "./reading.ts";
import type { Value } from "./value.ts";

type Delay = Extract<Op, { readonly tag: "delay" }>;

/**
 * `h[t-1]`, with its boundary as an equation of its own. What is delayed must have a name, or be a product that is 0
 * outside because a factor is (or a sum of such): then that stands there, its factors delayed. What is the same at all
 * positions has no index to tell its boundary by, which a choice does.
 */
export const readDelay = (reading: Reading, id: NodeId, op: Delay, where: Where): Value => {
  const [boundary = -1, source = -1] = nodeOf(reading, id).inputs;
  const inner = shifted(where, op.axis, op.by, reading.strict);
  if (inner === "outside") return reading.read(boundary, where);
  if (inner === "unknown") return reading.needName(id);
  if (isConstantAlong(reading, source, op.axis))
    return placeOf(where, op.axis)?.tag === "at"
      ? reading.read(source, inner)
      : chosen(reading, op, boundary, source, where, inner);
  if (reading.names.has(source)) {
    const isBound = boundariesOf(reading, op, source, boundary).every(reading.bound);
    return isBound ? reading.read(source, inner) : chosen(reading, op, boundary, source, where, inner);
  }
  const isZero = constantOf(reading, boundary) === 0 && (!reading.asProgram || isTame(reading, source, op.axis));
  const factors = isZero ? vanishing(reading, source, op.axis) : [];
  if (factors.length === 0) return reading.needName(source);
  const bounds = outside(op).map(({ side, position }) => ({ axis: op.axis, side, position }));
  const isBound = bounds.every((bound) => factors.every((node) => reading.bound({ ...bound, node, value: zero })));
  if (!isBound) return reading.needName(source);
  for (const node of readAlong(reading, source, op.axis))
    for (const bound of bounds) if (!factors.includes(node)) reading.bound({ ...bound, node, value: undefined });
  return reading.read(source, inner);
};

const zero: Value = { expression: number(0), labels: [] };

const isConstantAlong = (reading: Reading, id: NodeId, axis: TimeAxis): boolean =>
  !hasAxis(nodeOf(reading, id).axes, axis);

/** Where the source is outside, when it is already known to be something else there, or cannot be known by its index. */
const chosen = (
  reading: Reading,
  { axis, by }: Delay,
  boundary: NodeId,
  source: NodeId,
  where: Where,
  inner: Where,
): Value => {
  const place = placeOf(where, axis);
  if (place?.tag !== "shift") return reading.needName(source);
  const known = isConstantAlong(reading, source, axis) ? [] : outside({ tag: "delay", axis, by });
  for (const { side, position } of known) reading.bound({ node: source, axis, side, position, value: undefined });
  const index = offset(place.axis.key, place.by);
  const isOutside = by > 0 ? binary("<=", index, number(by)) : binary(">", index, fromEnd(axis, by));
  const given = reading.read(source, inner);
  return {
    expression: choose(isOutside, reading.read(boundary, where).expression, given.expression),
    labels: given.labels,
  };
};

/** The positions outside that a delay reads: 0, -1, … or, for an advance, one behind the last, two behind, … */
const outside = ({ by }: Delay) =>
  Array.from({ length: Math.abs(by) }, (_, i) =>
    by > 0 ? { side: "before" as const, position: 0 - i } : { side: "after" as const, position: i + 1 },
  );

/** The boundary at each of them: its value where the reader stands. */
const boundariesOf = (reading: Reading, op: Delay, node: NodeId, boundary: NodeId) =>
  outside(op).map(({ side, position }) => {
    const reader: Where = hasAxis(nodeOf(reading, boundary).axes, op.axis)
      ? moved(here, op.axis, {
          tag: "at",
          axis: op.axis,
          position:
            side === "before"
              ? { tag: "fromStart", position: position + op.by }
              : { tag: "fromEnd", offset: position + op.by },
        })
      : here;
    return { node, axis: op.axis, side, position, value: reading.read(boundary, reader) };
  });

/** Named nodes, one a factor of each term: where they are 0, all is. None if there are no such. */
const vanishing = (reading: Reading, id: NodeId, axis: TimeAxis): ReadonlyArray<NodeId> => {
  const { op, inputs, axes } = nodeOf(reading, id);
  if (reading.names.has(id)) return op.tag !== "parameter" && op.tag !== "input" && hasAxis(axes, axis) ? [id] : [];
  const of = (place: number): ReadonlyArray<NodeId> => vanishing(reading, inputs[place]!, axis);
  if (op.tag === "rename" || op.tag === "slice" || (op.tag === "reduce" && op.fn === "sum" && !hasAxis(op.over, axis)))
    return of(0);
  if (op.tag !== "map") return [];
  if (op.fn === "neg" || op.fn === "div") return of(0);
  if (op.fn === "mul" || op.fn === "times") return of(0).length > 0 ? of(0) : of(1);
  if (op.fn === "add" || op.fn === "sub") return of(0).length > 0 && of(1).length > 0 ? [...of(0), ...of(1)] : [];
  return op.fn === "select" && constantOf(reading, inputs[2]!) === 0 ? of(1) : [];
};

/** Whether a product is finite whatever finite numbers its factors are: no 0 / 0 where all that it reads is put to 0. */
const isTame = (reading: Reading, id: NodeId, axis: TimeAxis): boolean => {
  const { op, inputs, axes } = nodeOf(reading, id);
  if (reading.names.has(id) || !hasAxis(axes, axis)) return true;
  const isWild = op.tag === "map" && isWildAt[op.fn] && hasAxis(nodeOf(reading, inputs.at(-1)!).axes, axis);
  return !isWild && inputs.every((input) => isTame(reading, input, axis));
};

/** The functions that may be infinite, or nothing, at finite numbers. */
const isWildAt: { readonly [P in Pointwise]: boolean } = {
  neg: false,
  add: false,
  sub: false,
  mul: false,
  times: false,
  div: true,
  pow: true,
  mod: true,
  exp: true,
  expm1: true,
  log: true,
  log1p: true,
  sqrt: true,
  sin: false,
  cos: false,
  atan: false,
  erf: false,
  tanh: false,
  sigmoid: false,
  softplus: false,
  min: false,
  max: false,
  less: false,
  lessEqual: false,
  equal: false,
  not: false,
  and: false,
  or: false,
  select: false,
  stop: false,
};

/** The named nodes over an axis that an expression reads. */
const readAlong = (reading: Reading, id: NodeId, axis: TimeAxis): ReadonlyArray<NodeId> => {
  const { inputs, axes } = nodeOf(reading, id);
  if (!hasAxis(axes, axis)) return [];
  return reading.names.has(id) ? [id] : inputs.flatMap((input) => readAlong(reading, input, axis));
};

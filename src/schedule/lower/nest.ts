import { type Axis, featureAxis, featuresOf, sortAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { startsOf } from "../../circuit/offsets.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, integer, type Loop, type Scalar } from "../../loops/loops.ts";
import { number } from "../../loops/scalars.ts";
import type { Group, Loops } from "../order/nest.ts";
import { needsZeros } from "../place/storage.ts";
import type { Statement } from "../statements/statement.ts";
import { type Context, type Lowering, storeAt } from "./context.ts";
import { type Environment, position } from "./environment.ts";
import type { Scalars } from "./scalar.ts";

/** Values at hand in a loop body: those of the row, and in a group those of the component. */
type Locals = Map<NodeId, Scalar>;

/** A nest: its shared loops, and inside them its groups one after the other where a position is no padding. */
export const lowerNest = (
  context: Context,
  nest: Extract<Loops, { tag: "nest" }>,
  environment: Environment,
): ReadonlyArray<Loop> =>
  context.over(nest.outer, environment, (inside) => {
    const locals: Locals = new Map();
    const body = nest.groups.flatMap((group) => lowerGroup(context, group, inside, locals));
    const condition = context.validity(nest.axes, inside);
    if (condition === undefined) return body;
    const members = nest.groups.flatMap((group) => group.members);
    const otherwise = zeros(context, members, inside);
    return body.length + otherwise.length === 0 ? [] : [{ tag: "if", condition, then: body, else: otherwise }];
  });

/** What a nest writes where there is padding: zeros, so that no later product or advance reads anything else. */
const zeros = (context: Context, statements: ReadonlyArray<Statement>, environment: Environment): ReadonlyArray<Loop> =>
  statements.flatMap((statement) => {
    const place = context.placeOf(statement);
    if (place === undefined || !needsZeros(statement, place)) return [];
    return context.over(featuresOf(statement.axes), environment, (inside) => [storeAt(place, inside, number(0))]);
  });

const lowerGroup = (context: Context, group: Group, environment: Environment, row: Locals): ReadonlyArray<Loop> => {
  if (!group.fused) {
    const [statement] = group.members;
    if (statement?.tag === "reduction") return reduction(context, statement, group.inner, environment, row);
    if (statement?.tag === "concat") return concatenation(context, statement, environment, row);
    throw new CompilerFault("schedule", `${statement?.tag} in a nest`);
  }
  if (group.inner.length > 0) return context.choices.fusedLoops(context, group, environment, row);
  return group.members.flatMap((member) => pickedPoint(context, member, environment, row));
};

/** The positions that symbols name are the same for all components: they are read before the loops over those. */
export const lookUpBefore: Lowering["fusedLoops"] = (context, group, environment, row) => {
  const lookups = group.members.map((member) => lookupOf(context, member, environment, row));
  const loops = context.over(group.inner, environment, (inside) => {
    const locals: Locals = new Map(row);
    return group.members.flatMap((member, i) =>
      point(context, member, new Map([...inside, ...lookups[i]!.lookedUp]), locals),
    );
  });
  return [...lookups.flatMap(({ before }) => before), ...loops];
};

/** Or they are read again for each component. */
export const lookUpInside: Lowering["fusedLoops"] = (context, group, environment, row) =>
  context.over(group.inner, environment, (inside) => {
    const locals: Locals = new Map(row);
    return group.members.flatMap((member) => pickedPoint(context, member, inside, locals));
  });

const pickedPoint = (
  context: Context,
  member: Statement,
  environment: Environment,
  locals: Locals,
): ReadonlyArray<Loop> => {
  const { before, lookedUp } = lookupOf(context, member, environment, locals);
  return [...before, ...point(context, member, new Map([...environment, ...lookedUp]), locals)];
};

const lookupOf = (
  { scalars }: Context,
  member: Statement,
  environment: Environment,
  locals: ReadonlyMap<NodeId, Scalar>,
): ReturnType<Scalars["lookUp"]> =>
  member.tag === "lookup" ? scalars.lookUp(member, environment, locals) : { before: [], lookedUp: new Map() };

/** One member of a fused group: its value as a local, and in its buffer if it has one. */
const point = (
  context: Context,
  statement: Statement,
  environment: Environment,
  locals: Locals,
): ReadonlyArray<Loop> => {
  const { scalars } = context;
  const place = context.placeOf(statement);
  if (statement.tag === "result") {
    const value = scalars.read(statement.output.node, environment, locals);
    return place === undefined ? [] : [storeAt(place, environment, value)];
  }
  if (statement.tag !== "point" && statement.tag !== "lookup") {
    throw new CompilerFault("schedule", `${statement.tag} in a fused group`);
  }
  const { before, value } =
    statement.tag === "point"
      ? scalars.define(statement.node, environment, locals)
      : { before: [], value: scalars.product(statement, environment, locals) };
  const local: Scalar = { tag: "local", name: scalars.fresh("v") };
  locals.set(statement.node, local);
  const stored = place === undefined ? [] : [storeAt(place, environment, local)];
  return [...before, { tag: "let", name: local.name, value }, ...stored];
};

/** A reduction whose loops are the innermost: it adds up in a local. */
const reduction = (
  context: Context,
  statement: Extract<Statement, { tag: "reduction" }>,
  inner: ReadonlyArray<Axis>,
  environment: Environment,
  row: Locals,
): ReadonlyArray<Loop> => {
  const { scalars } = context;
  const { fn } = statement;
  const local: Scalar = { tag: "local", name: scalars.fresh("total") };
  const outside: Locals = new Map(row);
  const sum: Scalar = { tag: "local", name: scalars.fresh("v") };
  const isRead = inner.length === 0;
  if (isRead) row.set(statement.node, sum);
  const place = context.placeOf(statement);
  return context.over(inner, environment, (at) => [
    { tag: "accumulator", name: local.name, initial: fn === "sum" ? 0 : Number.NEGATIVE_INFINITY },
    ...context.overValid(statement.over, at, (inside) => {
      const { before, lookedUp } = scalars.lookUp(statement, inside, outside);
      const value = scalars.product(statement, new Map([...inside, ...lookedUp]), outside);
      return [...before, { tag: "accumulate", name: local.name, fn, value }];
    }),
    ...(isRead ? [{ tag: "let", name: sum.name, value: local } as const] : []),
    ...(place === undefined ? [] : [storeAt(place, at, local)]),
  ]);
};

/** Each part is written into its share of the whole. */
const concatenation = (
  context: Context,
  statement: Extract<Statement, { tag: "concat" }>,
  environment: Environment,
  row: Locals,
): ReadonlyArray<Loop> => {
  const { op, inputs, axes } = nodeAt(context.classified.circuit, statement.node);
  const place = context.placeOf(statement);
  if (op.tag !== "concat" || place === undefined) {
    throw new CompilerFault("schedule", "a concatenation without a buffer");
  }
  const others = withoutAxes(featuresOf(axes), [op.axis]);
  const starts = startsOf(op.sizes);
  return inputs.flatMap((part, i) => {
    const share = featureAxis(op.axis.slot, op.sizes[i]!);
    return context.over(sortAxes([...others, share]), environment, (inside) => {
      const whole = new Map([...inside, [op.axis.key, addIndex(position(inside, share.key), integer(starts[i]!))]]);
      return [storeAt(place, whole, context.scalars.read(part, inside, row))];
    });
  });
};

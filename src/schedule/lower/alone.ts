import { type Axis, featuresOf, sortAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { CompilerFault } from "../../fault.ts";
import { type Index, integer, type Loop } from "../../loops/loops.ts";
import { number } from "../../loops/scalars.ts";
import { fixed } from "../../loops/size.ts";
import type { BufferPlace } from "../place/places.ts";
import type { Pad, Statement } from "../statements/statement.ts";
import { passAxisFirst } from "../statements/sum-order.ts";
import { type Context, storeAt } from "./context.ts";
import type { Environment } from "./environment.ts";
import { lowerProduct } from "./product.ts";

/** A statement with loops of its own. */
export const lowerAlone = (context: Context, statement: Statement, environment: Environment): ReadonlyArray<Loop> => {
  const place = context.placeOf(statement);
  if (place === undefined) return [];
  switch (statement.tag) {
    case "product":
      return lowerProduct(context, statement, place, environment);
    case "boundary":
      return boundary(context, statement.pad, statement.axes, place, environment);
    case "reduction":
    case "scatter":
      return accumulation(context, statement, place, environment);
    default:
      throw new CompilerFault("schedule", `${statement.tag} outside a nest`);
  }
};

const closed = (axes: ReadonlyArray<Axis>, environment: Environment) =>
  axes.filter((axis) => !environment.has(axis.key));

/** The rows beside a buffer, so that a delay reads its boundary as if it were the source. */
const boundary = (
  { over, extent, scalars }: Context,
  pad: Pad,
  axes: ReadonlyArray<Axis>,
  place: BufferPlace,
  environment: Environment,
): ReadonlyArray<Loop> => {
  const rows = (value: NodeId | undefined, positions: ReadonlyArray<Index>): ReadonlyArray<Loop> =>
    value === undefined || positions.length === 0
      ? []
      : over(closed(axes, environment), environment, (inside) =>
          positions.map((at) =>
            storeAt(place, new Map([...inside, [pad.axis.key, at]]), scalars.read(value, inside, new Map())),
          ),
        );
  const front = Array.from({ length: pad.front }, (_, i) => integer(-1 - i));
  const end = extent(pad.axis);
  const back = Array.from({ length: pad.back }, (_, i): Index => ({ terms: [], constant: [end, fixed(i)] }));
  return [...rows(pad.frontValue, front), ...rows(pad.backValue, back)];
};

/** A sum or a maximum whose loops stand outside those of its result: it adds up in the buffer. */
const accumulation = (
  { over, scalars, validity, classified: { sums } }: Context,
  statement: Extract<Statement, { tag: "reduction" | "scatter" }>,
  place: BufferPlace,
  environment: Environment,
): ReadonlyArray<Loop> => {
  const fn = statement.tag === "reduction" ? statement.fn : "sum";
  const visited = statement.tag === "scatter" ? withoutAxes(statement.axes, [statement.axis]) : statement.axes;
  const axes = sortAxes([...visited, ...statement.over]);
  const outer = passAxisFirst(sums)(closed(axes, environment).filter((axis) => axis.tag !== "feature"));
  const inner = featuresOf(axes);
  const clear = over(closed(statement.axes, environment), environment, (inside) => [
    storeAt(place, inside, number(fn === "sum" ? 0 : Number.NEGATIVE_INFINITY)),
  ]);
  const isFromEnd = (axis: Axis) => sums.isPassAxis(axis) && sums.isFromEnd(statement.node);
  const turn = (at: Environment): ReadonlyArray<Loop> => {
    // The positions that symbols name are the same for all components.
    const { before, lookedUp } = scalars.lookUp(statement, at, new Map());
    const target = statement.tag === "scatter" ? scalars.symbol(statement, at, new Map()) : undefined;
    const there: Environment = new Map([
      ...at,
      ...lookedUp,
      ...(statement.tag === "scatter" && target !== undefined ? [[statement.axis.key, target.index] as const] : []),
    ]);
    const body = over(inner, there, (inside) => [
      storeAt(place, inside, scalars.product(statement, inside, new Map()), fn),
    ]);
    const computed = [...before, ...(target?.before ?? []), ...body];
    const condition = validity(axes, at);
    return condition === undefined ? computed : [{ tag: "if", condition, then: computed, else: [] }];
  };
  return [...clear, ...over(outer, environment, turn, isFromEnd)];
};

import { type Axis, type FeatureAxis, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Op, Pointwise } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { match } from "../../match.ts";
import { binary, call, choose, index, name, number, offset, reduction } from "../../syntax/make.ts";
import type { BinaryOperator, Expression } from "../../syntax/tree.ts";
import { minus, negate, not, plus, power, transpose } from "../equations/expressions.ts";
import { axisText } from "./buffers.ts";

/** Where time axes are read: by default where the statement stands. */
export type Where = ReadonlyMap<string, Expression>;

/** A circuit, and which of its values are spoken of by a name. */
export interface Shown {
  readonly circuit: Circuit;
  readonly isNamed: (id: NodeId) => boolean;
}

/** A value as a statement reads it: by its name if it is computed elsewhere, else what computes it. The batch is not written. */
export const expressionOf = (shown: Shown, id: NodeId, where: Where = new Map()): Expression => {
  const { nodes } = shown.circuit;
  const { op, inputs, axes } = nodeAt({ nodes }, id);
  if (shown.isNamed(id)) return standing(shown, id, where);
  const read = (input: NodeId): Expression => expressionOf(shown, input, where);
  const [first = -1, second = -1] = inputs;
  return match<Op, Expression>({
    constant: ({ value }) => (Number.isFinite(value) ? number(value) : name(String(value))),
    parameter: () => standing(shown, id, where),
    input: () => standing(shown, id, where),
    index: ({ axis }) => (axis.tag === "time" ? placeIn(where, axis) : name("component")),
    length: ({ axis }) => name(lengthText(axis)),
    map: ({ fn }) => mapExpression(fn, inputs.map(read)),
    reduce: ({ fn, over }) => summed(fn, over, read(first)),
    delay: ({ axis, by }) => expressionOf(shown, second, moved(where, axis, by)),
    at: ({ axis, position }) =>
      expressionOf(
        shown,
        first,
        new Map([
          ...where,
          [
            axis.key,
            position.tag === "fromStart" ? number(position.position) : offset(lengthText(axis), position.offset),
          ],
        ]),
      ),
    onehot: () => call("onehot", read(first)),
    mark: () => read(first),
    grad: () => call("grad", read(first), read(second)),
    concat: () => call("concat", ...inputs.map(read)),
    slice: ({ from, size }) =>
      index(read(first), [size === 1 ? number(from + 1) : name(`${from + 1}..${from + size}`)]),
    rename: ({ renames }) => {
      const inner = nodeAt({ nodes }, first).axes;
      const through = (axis: Axis): Axis => renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
      const there = new Map([
        ...where,
        ...inner.flatMap((axis) => {
          const to = through(axis);
          return to.tag === "time" && !sameAxis(to, axis) ? [[axis.key, placeIn(where, to)] as const] : [];
        }),
      ]);
      const slots = inner.flatMap((axis) => (axis.tag === "feature" ? [(through(axis) as FeatureAxis).slot] : []));
      const value = expressionOf(shown, first, there);
      return slots.length === 2 && slots[0]! > slots[1]! && axes.length === inner.length ? transpose(value) : value;
    },
  })(op);
};

/** A value that stands somewhere, by its name and its positions. */
export const standing = ({ circuit }: Shown, id: NodeId, where: Where = new Map()): Expression => {
  const { axes } = nodeAt(circuit, id);
  return index(
    name(titleOf(nodeAt(circuit, id).op, nodeAt(circuit, id).name, id)),
    axes.flatMap((axis) => (axis.tag === "time" ? [placeIn(where, axis)] : [])),
  );
};

export const mapExpression = (fn: Pointwise, operands: ReadonlyArray<Expression>): Expression => {
  const [x, y, z] = operands;
  return forms[fn](x!, y!, z!);
};

/** A sum or a maximum; over components alone it does not say so. */
export const summed = (fn: "sum" | "max", over: ReadonlyArray<Axis>, value: Expression): Expression =>
  reduction(fn, over.every(({ tag }) => tag === "feature") ? [] : over.map(axisText), value);

export const moved = (where: Where, axis: TimeAxis, by: number): Where => {
  const place = placeIn(where, axis);
  return new Map([...where, [axis.key, by > 0 ? minus(place, number(by)) : plus(place, number(-by))]]);
};

const placeIn = (where: Where, { key }: Axis): Expression => where.get(key) ?? name(key);

/** The last position along an axis. */
export const lengthText = (axis: Axis): string => {
  if (axis.tag === "time") return axis.extent.tag === "fixed" ? String(axis.extent.size) : axis.extent.name;
  return axis.tag === "batch" ? "B" : String(axis.size);
};

const titleOf = (op: Op, title: string | undefined, id: NodeId): string =>
  op.tag === "parameter" ? op.path : op.tag === "input" ? op.name : (title ?? `v${id}`);

type Form = (x: Expression, y: Expression, z: Expression) => Expression;

const ofOne =
  (fn: Pointwise): Form =>
  (x) =>
    call(fn, x);
const ofTwo =
  (fn: Pointwise): Form =>
  (x, y) =>
    call(fn, x, y);
const infix =
  (sign: BinaryOperator): Form =>
  (x, y) =>
    binary(sign, x, y);

const forms: { readonly [P in Pointwise]: Form } = {
  neg: negate,
  add: plus,
  sub: minus,
  mul: infix("*"),
  times: infix("*"),
  div: infix("/"),
  pow: power,
  mod: ofTwo("mod"),
  exp: ofOne("exp"),
  expm1: ofOne("expm1"),
  log: ofOne("log"),
  log1p: ofOne("log1p"),
  sqrt: ofOne("sqrt"),
  sin: ofOne("sin"),
  cos: ofOne("cos"),
  atan: ofOne("atan"),
  erf: ofOne("erf"),
  tanh: ofOne("tanh"),
  sigmoid: ofOne("sigmoid"),
  softplus: ofOne("softplus"),
  min: ofTwo("min"),
  max: ofTwo("max"),
  less: infix("<"),
  lessEqual: infix("<="),
  equal: infix("=="),
  not,
  and: infix("and"),
  or: infix("or"),
  select: choose,
  stop: ofOne("stop"),
};

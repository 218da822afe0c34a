import { raggedOver } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { constantOf, type Exponential, type Exponents, exponentOf, plain } from "./exponent.ts";

type At = Extract<Op, { readonly tag: "at" }>;

/** Of a value that is chosen or taken from elsewhere, the exponent is chosen or taken from there too. */
export const movedExponential = (exponents: Exponents, id: NodeId): Exponential => {
  const { b } = exponents;
  const node = b.node(id);
  const { op, inputs, axes } = node;
  switch (op.tag) {
    case "map": {
      if (op.fn === "stop") return joined(exponents, id, inputs, ([x]) => b.map("stop", x!));
      if (op.fn !== "select") return plain(id);
      return joined(exponents, id, inputs.slice(1), ([x, y]) => b.map("select", inputs[0]!, x!, y!));
    }
    case "delay":
      return joined(exponents, id, inputs, ([before, source]) => b.delay(op.axis, op.by, before!, source!, axes));
    case "concat":
      return joined(exponents, id, inputs, (parts) => b.concat(op.axis.slot, op.sizes, parts));
    case "slice":
      return joined(exponents, id, inputs, ([x]) => b.slice(op.axis, op.from, op.size, x!));
    case "rename":
      return joined(exponents, id, inputs, ([x]) => b.rename(op.renames, x!));
    case "at": {
      if (raggedOver(b.node(inputs[0]!).axes, op.axis).length > 0) return plain(id);
      const parts = joined(exponents, id, inputs, ([x]) => b.at(op.axis, op.position, x!));
      return parts.lead === undefined ? parts : { ...parts, lead: whereItIs(b, op, parts.lead) };
    }
    default:
      return plain(id);
  }
};

/** A value that is one of several: what is no exponential is exp(0) times itself, and 0 is exp(-Infinity). */
const joined = (
  exponents: Exponents,
  id: NodeId,
  operands: ReadonlyArray<NodeId>,
  join: (parts: ReadonlyArray<NodeId>) => NodeId,
): Exponential => {
  const { b, exponentialOf } = exponents;
  if (operands.some(Number.isNaN)) return plain(id);
  const parts = operands.map(exponentialOf);
  if (parts.every(({ lead }) => lead === undefined)) return plain(id);
  const exponent = operands.map((operand, i) => {
    const found = exponentOf(exponents, parts[i]!);
    return found ?? b.constant(constantOf(b, operand) === 0 ? Number.NEGATIVE_INFINITY : 0);
  });
  const factors = operands.map((operand, i) => (constantOf(b, operand) === 0 ? undefined : parts[i]!.factor));
  const lead = join(exponent);
  if (factors.every((factor) => factor === undefined)) return { lead };
  return { lead, factor: join(factors.map((factor) => factor ?? b.constant(1))) };
};

/** What a position is taken of is 0 where the axis does not reach it. */
const whereItIs = (b: Builder, { axis, position }: At, exponent: NodeId): NodeId => {
  const length = b.length(axis);
  const isThere =
    position.tag === "fromStart"
      ? b.map("lessEqual", b.constant(position.position), length)
      : b.map("less", b.constant(-position.offset), length);
  return b.map("select", isThere, exponent, b.constant(Number.NEGATIVE_INFINITY));
};

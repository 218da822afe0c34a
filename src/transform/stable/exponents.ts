import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { logarithmLaws } from "../laws.ts";
import { bindingsOf, instance } from "../term.ts";
import { chosenExponential, greatestExponential, softplusExponential } from "./choices.ts";
import { complementOf } from "./complement.ts";
import { constantOf, type Exponential, type Exponents, plain, plus, times } from "./exponent.ts";
import { deepest, largeIn } from "./large.ts";
import { movedExponential } from "./moved.ts";
import { summedExponential } from "./sums.ts";

/** Asked for every node in its order, no question goes deep. */
export const exponentsIn = (b: Builder): Exponents => {
  const known = new Map<NodeId, Exponential>();
  const remembered = new Map<string, NodeId>();
  let depth = 0;
  const exponentialOf = (id: NodeId): Exponential => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (depth >= deepest) return plain(id);
    depth += 1;
    const parts = split(exponents, id);
    depth -= 1;
    known.set(id, parts);
    return parts;
  };
  const sameParts: Exponents["sameParts"] = (id, as) => {
    if (id !== as && exponentialOf(as).lead !== undefined) known.set(id, exponentialOf(as));
  };
  const remember: Exponents["remember"] = (key, make) => {
    const made = remembered.get(key) ?? make();
    remembered.set(key, made);
    return made;
  };
  const exponents: Exponents = { b, exponentialOf, isLarge: largeIn(b), remember, sameParts };
  return exponents;
};

const minus = (b: Builder, x: NodeId | undefined, y: NodeId | undefined): NodeId | undefined =>
  y === undefined ? x : x === undefined ? b.map("neg", y) : b.map("sub", x, y);

const split = (exponents: Exponents, id: NodeId): Exponential => {
  const { b, exponentialOf } = exponents;
  const { op, inputs } = b.node(id);
  if (op.tag === "reduce")
    return op.fn === "sum" ? summedExponential(exponents, id, op.over) : greatestExponential(exponents, id);
  if (op.tag !== "map") return movedExponential(exponents, id);
  const [x = -1, y = -1] = inputs;
  const exponent = exponentByLaw(b, id);
  if (exponent !== undefined) return { lead: exponent };
  switch (op.fn) {
    case "mul":
    case "times": {
      const [first, second] = [exponentialOf(x), exponentialOf(y)];
      if (first.lead === undefined && second.lead === undefined) return plain(id);
      return {
        lead: plus(b, first.lead, second.lead),
        rest: plus(b, first.rest, second.rest),
        factor: times(b, first.factor, second.factor),
      };
    }
    case "div": {
      const [above, below] = [exponentialOf(x), exponentialOf(y)];
      if (above.lead === undefined && below.lead === undefined) return plain(id);
      const factor =
        below.factor === undefined ? above.factor : b.map("div", above.factor ?? b.constant(1), below.factor);
      return { lead: minus(b, above.lead, below.lead), rest: minus(b, above.rest, below.rest), factor };
    }
    case "neg": {
      const { lead, rest, factor } = exponentialOf(x);
      return lead === undefined ? plain(id) : { lead, rest, factor: b.map("neg", factor ?? b.constant(1)) };
    }
    case "expm1":
      return exponentialLessOne(b, x);
    case "softplus":
      return softplusExponential(b, x);
    case "max":
    case "min":
      return chosenExponential(exponents, id, op.fn);
    case "sqrt":
      return powered(b, exponentialOf(x), b.constant(0.5), (factor) => b.map("sqrt", factor)) ?? plain(id);
    case "pow":
      return powered(b, exponentialOf(x), y, (factor) => b.map("pow", factor, y)) ?? plain(id);
    case "add":
    case "sub": {
      const complement = op.fn === "sub" && constantOf(b, x) === 1 ? complementOf(b, y) : undefined;
      return complement === undefined ? summedExponential(exponents, id, []) : exponentialOf(complement);
    }
    default:
      return movedExponential(exponents, id);
  }
};

const powered = (
  b: Builder,
  { lead, rest, factor }: Exponential,
  power: NodeId,
  ofFactor: (factor: NodeId) => NodeId,
): Exponential | undefined =>
  lead === undefined
    ? undefined
    : {
        lead: b.map("mul", power, lead),
        rest: rest && b.map("mul", power, rest),
        factor: factor && ofFactor(factor),
      };

/** e^x - 1 is e^x (1 - e^-x) above 0, and of size 1 below; neither ever sees what would overflow in the other's place. */
const exponentialLessOne = (b: Builder, x: NodeId): Exponential => {
  const isPositive = b.map("less", b.constant(0), x);
  const lead = b.map("select", isPositive, x, b.constant(0));
  const share = b.map("neg", b.map("expm1", b.map("neg", lead)));
  const below = b.map("expm1", b.map("select", isPositive, b.constant(0), x));
  return { lead, factor: b.map("select", isPositive, share, below) };
};

/** What a law says that the logarithm of a node is. */
const exponentByLaw = (b: Builder, id: NodeId): NodeId | undefined => {
  for (const { left, right } of logarithmLaws) {
    const bound = left.tag === "apply" ? bindingsOf(b, left.operands[0]!, id) : undefined;
    if (bound !== undefined) return instance(b, right, bound);
  }
  return undefined;
};

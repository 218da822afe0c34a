import { type FeatureAxis, sameAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { call } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Where } from "./places.ts";
import { constantOf, isNamed, nodeOf, operandsOf, type Reading } from "./reading.ts";
import type { Value } from "./value.ts";

/** `argmax(v)`: the least number of a component that is not less than the greatest, which a circuit says by a maximum. */
export const readGreatestPlace = (reading: Reading, negated: NodeId, where: Where): Value | undefined => {
  const [most = -1] = operandsOf(reading, negated, "neg") ?? [];
  const places = most < 0 ? undefined : maximumOf(reading, most);
  const [place = -1] = places === undefined ? [] : (operandsOf(reading, places.of, "neg") ?? []);
  const [isLess = -1, last = -1, index = -1] = place < 0 ? [] : (operandsOf(reading, place, "select") ?? []);
  const [value = -1, greatest = -1] = isLess < 0 ? [] : (operandsOf(reading, isLess, "less") ?? []);
  if (places === undefined || value < 0 || constantOf(reading, last) !== places.axis.size - 1) return undefined;
  const { op } = nodeOf(reading, index);
  const isPlace = op.tag === "index" && sameAxis(op.axis, places.axis);
  if (!isPlace || maximumOf(reading, greatest)?.of !== value || isNamed(reading, most, where)) return undefined;
  return { expression: call("argmax", reading.read(value, where).expression), labels: [] };
};

const maximumOf = (reading: Reading, id: NodeId): { readonly axis: FeatureAxis; readonly of: NodeId } | undefined => {
  const { op, inputs } = nodeOf(reading, id);
  const [axis] = op.tag === "reduce" && op.fn === "max" && op.over.length === 1 ? op.over : [];
  return axis?.tag === "feature" ? { axis, of: inputs[0]! } : undefined;
};

/** `-max[j](-e)` as `min[j](e)`. */
export const asMinimum = (expression: Expression): Expression => {
  if (expression.tag !== "negate" || expression.operand.tag !== "apply") return expression;
  const { target, arguments: given } = expression.operand;
  const [argument] = given;
  const fn = target.tag === "index" ? target.target : target;
  if (fn.tag !== "name" || fn.text !== "max" || given.length !== 1 || argument?.tag !== "negate") return expression;
  const least = { ...fn, text: "min" };
  return {
    ...expression.operand,
    target: target.tag === "index" ? { ...target, target: least } : least,
    arguments: [argument.operand],
  };
};

/** `sqrt(sumsq(e))` as `norm(e)`. */
export const asNorm = (root: Expression): Expression => {
  const [sum] = root.tag === "apply" ? root.arguments : [];
  if (sum?.tag !== "apply" || sum.target.tag !== "name" || sum.target.text !== "sumsq") return root;
  return call("norm", ...sum.arguments);
};

import { newBuilder } from "../circuit/build.ts";
import type { Node } from "../circuit/circuit.ts";
import { constantValue } from "../elementary/value.ts";
import { isCount, isPointwise, pointwiseFunctions } from "./functions.ts";

/** The value of a function of known numbers, by what it means; undefined if it is of vectors, or takes others. */
export const functionValue = (name: string, given: ReadonlyArray<number>): number | undefined => {
  if (isCount(name)) return remainder(given);
  if (!isPointwise(name) || pointwiseFunctions[name].arity !== given.length) return undefined;
  const b = newBuilder();
  const meant = pointwiseFunctions[name].meaning(b, ...given.map(b.constant));
  const values: number[] = [];
  for (const node of b.finish([]).nodes) values.push(nodeValue(node, values));
  return values[meant];
};

const remainder = ([x, y, ...more]: ReadonlyArray<number>): number | undefined => {
  const isWhole = Number.isSafeInteger(x) && Number.isSafeInteger(y) && y! >= 1;
  return isWhole && more.length === 0 ? constantValue("mod", x!, y!, 0) : undefined;
};

const nodeValue = ({ op, inputs }: Node, values: ReadonlyArray<number>): number => {
  if (op.tag === "constant") return op.value;
  const [x = 0, z = 0, w = 0] = inputs.map((input) => values[input]!);
  return op.tag === "map" ? constantValue(op.fn, x, z, w) : Number.NaN;
};

import assert from "node:assert/strict";
import type { Compiled } from "../../src/compile.ts";
import type { Batch, Example, Params, Values } from "../../src/runtime/interface.ts";
import { gradientOf, outputsOf, paramsOf } from "../std/compiled.ts";
import { beside, type Vector } from "./matrices.ts";

type Tensors = Readonly<Record<string, Vector>>;

/** How the parameters of one program are made of another's; linear, so that gradients go the same way. */
export type Packing = (tensors: Tensors) => Tensors;

/** How to compile programs that are compared, with what is needed for that alone. */
export const comparing = (statics: Readonly<Record<string, number>>) =>
  ({ statics, exports: ["forward", "gradient", "pack"] }) as const;

/** The two programs have the same outputs and loss, and the gradient of the second, packed, is the first's. */
export const alike = (one: Compiled, other: Compiled, toOther: Packing, example: Example, seed: number): void => {
  const params = paramsOf(one.model, seed);
  const packed = toOther(listsOf(params));
  const otherParams = paramsOf(other.model, seed, packed);
  const [found, expected] = [outputsOf(one, params, example), outputsOf(other, otherParams, example)];
  equivalent(found, expected);
  if (!one.model.hasLoss) return;
  const [mine, theirs] = [gradientOf(one, params, example), gradientOf(other, otherParams, example)];
  equivalent({ loss: [mine.loss] }, { loss: [theirs.loss] });
  equivalent(theirs.gradient, toOther(mine.gradient));
};

/** The catalogue's ≡: no number is off by more than 1e-12 of the greatest among those that are compared together. */
export const equivalent = (found: Tensors, expected: Tensors, tolerance = 1e-12): void => {
  const greatest = Math.max(...Object.values(expected).flatMap((values) => values.map(Math.abs)));
  for (const [name, values] of Object.entries(expected)) {
    assert.equal(found[name]!.length, values.length, name);
    values.forEach((value, i) => {
      const off = Math.abs(found[name]![i]! - value);
      assert.ok(off <= tolerance * greatest, `${name}: ${found[name]![i]} is not ${value} (component ${i})`);
    });
  }
};

/** Parameters as lists of numbers. */
export const listsOf = (params: Params): Tensors =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, [...values]]));

/** Split weights side by side: for each pair the matrix of `n` columns, then that of `k`. */
export const joining =
  (pairs: Readonly<Record<string, readonly [string, string]>>, n: number, k: number): Packing =>
  (tensors) => {
    const used = new Set(Object.values(pairs).flat());
    const rest = Object.entries(tensors).filter(([path]) => !used.has(path));
    const joined = Object.entries(pairs).map(([path, [a, b]]) => [path, beside(tensors[a]!, n, tensors[b]!, k)]);
    return Object.fromEntries([...rest, ...joined]);
  };

export const renaming =
  (names: Readonly<Record<string, string>>): Packing =>
  (tensors) =>
    Object.fromEntries(Object.entries(tensors).map(([path, values]) => [names[path] ?? path, values]));

/** A circuit without the user's names: equal for programs that differ in names alone. */
export const structureOf = ({ elaborated }: Compiled, names: Readonly<Record<string, string>> = {}): string => {
  const plain = elaborated.circuit.nodes.map(({ op, inputs, axes }) => ({ op, inputs, axes }));
  const renamed = JSON.stringify(plain, (key, value) =>
    (key === "path" || key === "name") && typeof value === "string" ? (names[value] ?? value) : value,
  );
  const outputs = elaborated.circuit.outputs.map(({ role, node }) => [role, node]);
  return `${renamed} ${JSON.stringify(outputs)}`;
};

/** A batch in which the padding of what varies along one axis, here the first, holds this. */
export const paddedWith = (
  padding: number,
  batch: Batch,
  input: string,
  length = Object.keys(batch.lengths)[0]!,
): Batch => {
  const lengths = batch.lengths[length]!;
  const values = batch.values[input]!;
  const width = values.length / (Math.max(...lengths) * batch.size);
  const isPadding = (place: number): boolean => {
    const row = Math.floor(place / width);
    return Math.floor(row / batch.size) >= lengths[row % batch.size]!;
  };
  const padded = values.map((value, place) => (isPadding(place) ? padding : value)) as Values;
  return { ...batch, values: { ...batch.values, [input]: padded } };
};

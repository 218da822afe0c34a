import assert from "node:assert/strict";
import type { Axis } from "../../src/circuit/axis.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Environment, Index, Tensor } from "../../src/circuit/environment.ts";
import { spaceOf } from "../../src/circuit/space.ts";

/** The values of each output at the positions that exist, in order. */
export const valuesOf = (
  { outputs }: Circuit,
  environment: Environment,
  tensors: ReadonlyArray<Tensor>,
): ReadonlyArray<ReadonlyArray<number>> => {
  const space = spaceOf(environment);
  return outputs.map(({ axes }, i) =>
    space.positions(axes, axes, {}).map((index) => componentAt(environment, axes, tensors[i]!, index)),
  );
};

export const componentAt = (
  environment: Environment,
  axes: ReadonlyArray<Axis>,
  { data }: Tensor,
  index: Index,
): number => {
  const { longest } = spaceOf(environment);
  return data[axes.reduce((sum, axis) => sum * longest(axis) + index[axis.key]! - (axis.tag === "time" ? 1 : 0), 0)]!;
};

/** Equal within a tolerance, relative to the larger. Not-a-number equals itself. */
export const close = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>, tolerance: number): void => {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => {
    const other = expected[i]!;
    const isSame = Object.is(value, other) || value === other;
    const scale = Math.max(1, Math.abs(value), Math.abs(other));
    assert.ok(isSame || Math.abs(value - other) <= tolerance * scale, `${value} is not ${other} (component ${i})`);
  });
};

import assert from "node:assert/strict";
import { type Compiled, compile } from "../../src/compile.ts";
import type { Batch } from "../../src/runtime/interface.ts";

/** A right program, compiled in double precision. */
export const compiledOf = (source: string): Compiled => {
  const compiled = compile(source, { precision: "f64" });
  if (compiled._tag === "Left") assert.fail(JSON.stringify(compiled.left));
  return compiled.right;
};

const step = 1e-5;

/** The gradient by every parameter is what the loss does under small steps. */
export const agreesWithDifferences = ({ init, loss, gradient }: Compiled, batch: Batch): void => {
  const params = init(3);
  const found = gradient(params, batch).gradient;
  for (const [path, values] of Object.entries(params))
    values.forEach((value, at) => {
      const moved = (by: number): number => loss({ ...params, [path]: values.with(at, value + by) }, batch);
      const slope = (moved(step) - moved(-step)) / (2 * step);
      assert.ok(Math.abs(found[path]![at]! - slope) < 1e-7, `${path}[${at}]: ${found[path]![at]} is not ${slope}`);
    });
};

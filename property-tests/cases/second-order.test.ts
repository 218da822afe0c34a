import assert from "node:assert/strict";
import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { hessianVector } from "../../src/property/index.ts";
import { compiledProgram } from "../property/programs.ts";
import { cases, flat } from "./case.ts";

/** Of cases with one parameter, a number, the second derivative by it; all have infinite slopes that nothing reads. */
const seconds: Readonly<Record<string, number>> = {
  "log-last": -1,
  "reciprocal-before": 3,
  "log-picked": 2,
  "if-root": -0.5,
  "if-symbol-mask": -2,
  "if-masked-mean": 0,
  "if-sinc": -2 * Math.sin(2) - 2 * Math.cos(2) + Math.sin(2) - Math.sin(1) - 2 * Math.cos(1) + 2 * Math.sin(1),
};

const machines = targetNames.flatMap((target) => (["f64", "f32"] as const).map((precision) => ({ target, precision })));
const tolerance = { f64: 1e-9, f32: 1e-5 } as const;

for (const [name, right] of Object.entries(seconds))
  for (const machine of machines)
    test(`in the second derivative of the case ${name} zero absorbs too: ${machine.target}, ${machine.precision}`, () => {
      const { source, examples, params: given } = cases().find((each) => each.name === name)!;
      const model = compiledProgram(source, machine);
      const numbers = (values: ReadonlyArray<number>) =>
        machine.precision === "f32" ? Float32Array.from(values) : Float64Array.from(values);
      const params = Object.fromEntries(Object.entries(given).map(([path, value]) => [path, numbers(flat(value))]));
      const direction = Object.fromEntries(Object.keys(params).map((path) => [path, numbers([1])]));
      const [found] = Object.values(hessianVector(model, machine)(params, model.pack(examples), direction)).map(
        (by) => by[0]!,
      );
      assert.ok(Math.abs(found! - right) < tolerance[machine.precision], `${found}, not ${right}`);
    });

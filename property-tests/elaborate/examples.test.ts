import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import type { TimeAxis } from "../../src/circuit/axis.ts";
import type { Data } from "../../src/circuit/environment.ts";
import type { InputSpec } from "../../src/circuit/model.ts";
import { exampleNamed, modelOf, noiseAt, parametersOf, valuesOf } from "./programs.ts";

const names = readdirSync(new URL("../../examples", import.meta.url))
  .filter((name) => name.endsWith(".rnn"))
  .map((name) => name.slice(0, -".rnn".length));

const statics: Readonly<Record<string, Readonly<Record<string, number>>>> = { "char-lm": { V: 4 } };
const length = 4;

const lengthOf = ({ extent }: TimeAxis): number => (extent.tag === "fixed" ? extent.size : length);

const dataFor = ({ name, shape, symbols }: InputSpec): Data => {
  let place = 0;
  const fill = (sizes: ReadonlyArray<number>): Data => {
    const [size, ...rest] = sizes;
    if (size !== undefined) return Array.from({ length: size }, () => fill(rest));
    place += 1;
    const value = noiseAt(name, place);
    return symbols === undefined ? value : Math.floor(Math.abs(value) * symbols);
  };
  return fill(shape);
};

for (const name of names)
  test(`examples/${name}.rnn elaborates without a warning, to finite numbers`, () => {
    const model = modelOf(exampleNamed(name), statics[name] ?? {});
    assert.deepEqual(model.warnings, []);
    const inputs = Object.fromEntries(
      model.inputs.map((spec) => [spec.name, dataFor({ ...spec, shape: [...spec.axes.map(lengthOf), ...spec.shape] })]),
    );
    const lengths = Object.fromEntries(
      model.axes.flatMap(({ extent }) => (extent.tag === "length" ? [[extent.name, length]] : [])),
    );
    const values = valuesOf(model, { parameters: parametersOf(model), inputs, lengths });
    for (const [output, found] of Object.entries(values)) {
      assert.ok(found.length > 0, `${output} has no values`);
      assert.ok(found.every(Number.isFinite), `${output} is not finite`);
    }
  });

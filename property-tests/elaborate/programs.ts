import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import type { Environment } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import type { Model } from "../../src/circuit/model.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { elaborate } from "../../src/elaborate/elaborate.ts";
import { noOtherFiles, withStandardLibrary } from "../../src/std/load.ts";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { parse } from "../../src/syntax/parse.ts";

type Statics = Readonly<Record<string, number | string>>;

const elaborated = (source: string, statics: Statics): E.Either<ReadonlyArray<Diagnostic>, Model> => {
  const program = parse(source, "test.rnn");
  assert.ok(E.isRight(program), `does not parse: ${E.isLeft(program) ? program.left[0].message : ""}`);
  return elaborate({ statics, load: withStandardLibrary(noOtherFiles) })(program.right);
};

/** The model of a right program; its circuit keeps the invariants. */
export const modelOf = (source: string, statics: Statics = {}): Model => {
  const model = elaborated(source, statics);
  assert.ok(E.isRight(model), E.isLeft(model) ? model.left.map(({ message }) => message).join("\n") : "");
  assert.deepEqual(brokenInvariants(model.right.circuit), []);
  return model.right;
};

export const exampleNamed = (name: string): string =>
  readFileSync(new URL(`../../examples/${name}.rnn`, import.meta.url), "utf8");

/** What a wrong program is told. */
export const diagnosticsOf = (source: string, statics: Statics = {}): ReadonlyArray<Diagnostic> => {
  const model = elaborated(source, statics);
  assert.ok(E.isLeft(model), "the program is right");
  return model.left;
};

/** A model named M over an axis `t` with these statements. */
export const body = (statements: string): string => `model M(n = 3) {\n  axis t in 1..T\n${statements}\n}`;

/** The text to which a diagnostic's first label points. */
export const placeOf = (source: string, { labels }: Diagnostic): string =>
  source.slice(labels[0].span.start, labels[0].span.end);

/** A number in (-1, 1) that is always the same for the same name and place. */
export const noiseAt = (name: string, place: number): number => {
  const mixed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) + place * 12.9898;
  return Math.sin(mixed) * 0.9;
};

/** Parameters of a model: a matrix or vector is given by its path, what is not given takes some fixed values. */
export const parametersOf = (
  model: Model,
  given: Readonly<Record<string, ReadonlyArray<number>>> = {},
): Environment["parameters"] =>
  Object.fromEntries(
    model.parameters.map(({ path, shape }) => [
      path,
      given[path] ?? Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => noiseAt(path, i)),
    ]),
  );

/** The values of a model's outputs by name. */
export const valuesOf = (model: Model, environment: Environment): Readonly<Record<string, ReadonlyArray<number>>> => {
  const tensors = evaluate(model.circuit, environment);
  return Object.fromEntries(model.circuit.outputs.map(({ name }, i) => [name, [...tensors[i]!.data]]));
};

export const close = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>): void => {
  assert.equal(found.length, expected.length);
  for (const [i, value] of found.entries())
    assert.ok(Math.abs(value - expected[i]!) < 1e-12, `${value} is not ${expected[i]} (component ${i})`);
};

import assert from "node:assert/strict";
import * as E from "fp-ts/lib/Either.js";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";
import type { Example, ModelInfo, Nested, Params } from "../../src/runtime/interface.ts";
import { standardLibrary } from "../../src/std/library.ts";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { often } from "../often.ts";

/** Few by default, so that the whole suite is quick; the environment raises them. */
export const runs = (few = 3): { readonly numRuns: number } => ({ numRuns: often(few) });

/** A right program in double precision. */
export const compiled = (source: string, options: CompileOptions = {}): Compiled => {
  const result = compile(source, { precision: "f64", ...options });
  assert.ok(
    E.isRight(result),
    E.isLeft(result) ? `${result.left.map(({ code, message }) => `${code} ${message}`).join("\n")}\n${source}` : "",
  );
  return result.right;
};

/** What a wrong program is told. */
export const refusal = (source: string): ReadonlyArray<Diagnostic> => {
  const result = compile(source);
  assert.ok(E.isLeft(result), `this compiles:\n${source}`);
  return result.left;
};

const standardNames = standardLibrary().definitions.map(({ name }) => name.text);

/** A model over an axis `t` with these statements, and the standard cells that they name. */
export const body = (statements: string, statics = "n = 3, k = 2"): string => {
  const names = standardNames.filter((name) => new RegExp(`\\b${name}\\b`).test(statements));
  const imports = names.length === 0 ? "" : `import ${names.join(", ")} from "std"\n`;
  return `${imports}model M(${statics}) {\n  axis t in 1..T\n${statements.replace(/^/gm, "  ")}\n}\n`;
};

/** Numbers in (-1, 1), always the same for a seed. */
export const noise = (seed: number, count: number): ReadonlyArray<number> => {
  const generator = xoroshiro128plus(seed);
  return Array.from({ length: count }, () => 2 * uniformFloat64(generator) - 1);
};

/** Parameters away from zeros and symmetries, but for those given. */
export const paramsOf = (
  { params }: ModelInfo,
  seed: number,
  given: Readonly<Record<string, ReadonlyArray<number>>> = {},
): Params => {
  const count = (shape: ReadonlyArray<number>): number => shape.reduce((a, b) => a * b, 1);
  return Object.fromEntries(
    params.map(({ path, shape }, i) => [
      path,
      Float64Array.from(given[path] ?? noise(seed + 101 * i, count(shape))) as Params[string],
    ]),
  );
};

/** The paths of what has a gradient. */
export const learnedOf = ({ params }: ModelInfo): ReadonlyArray<string> =>
  params.flatMap(({ path, fixed }) => (fixed === true ? [] : [path]));

/** A sequence of vectors. */
export const sequence = (seed: number, length: number, size: number): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length }, (_, t) => noise(seed + 17 * t + 3, size));

/** The outputs of one example, flat and row-major. */
export const outputsOf = (
  model: Compiled,
  params: Params,
  example: Example,
): Readonly<Record<string, ReadonlyArray<number>>> =>
  Object.fromEntries(
    Object.entries(model.forward(params, model.pack([example]))).map(([name, { data }]) => [name, [...data]]),
  );

/** The loss of one example, and its gradient by parameters and wanted inputs. */
export const gradientOf = (
  model: Compiled,
  params: Params,
  example: Example,
): { readonly loss: number; readonly gradient: Readonly<Record<string, ReadonlyArray<number>>> } => {
  const { loss, gradient } = model.gradient(params, model.pack([example]));
  return { loss, gradient: Object.fromEntries(Object.entries(gradient).map(([path, values]) => [path, [...values]])) };
};

/** Equal to a relative 1e-12, where numbers are not large. */
export const close = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>, tolerance = 1e-12): void => {
  assert.equal(found.length, expected.length, "as many numbers");
  found.forEach((value, i) => {
    const other = expected[i]!;
    const scale = Math.max(1, Math.abs(value), Math.abs(other));
    assert.ok(Math.abs(value - other) <= tolerance * scale, `${value} is not ${other} (component ${i})`);
  });
};

export const flat = (nested: Nested): ReadonlyArray<number> =>
  Array.isArray(nested) ? nested.flatMap(flat) : [nested as number];

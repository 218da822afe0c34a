import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isLeft } from "fp-ts/lib/Either.js";
import * as t from "io-ts";
import { CompileOptions } from "../../src/compile.ts";

/** Numbers, nested as they are written. */
type Nested = number | ReadonlyArray<Nested>;
const Nested: t.Type<Nested> = t.recursion("Nested", () => t.union([t.number, t.readonlyArray(Nested)]));
const Named = t.record(t.string, Nested);

const Case = t.intersection([
  t.type({
    examples: t.readonlyArray(Named),
    params: Named,
    expect: t.partial({
      loss: t.number,
      /** Of each output, its value for each example. */
      outputs: t.record(t.string, t.readonlyArray(Nested)),
      /** By parameter, or by input that `options.wrt` names. */
      grad: Named,
    }),
  }),
  t.partial({ options: CompileOptions }),
]);

/** A small program, what it is given, and what is right, from PyTorch, by brute force or by hand. */
export type Case = t.TypeOf<typeof Case> & { readonly name: string; readonly source: string };

/** The folders beside this file that have a `case.json`. */
export const cases = (): ReadonlyArray<Case> => {
  const root = dirname(fileURLToPath(import.meta.url));
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, "case.json")))
    .map((name) => {
      const decoded = Case.decode(JSON.parse(readFileSync(join(root, name, "case.json"), "utf8")));
      if (isLeft(decoded)) assert.fail(`${name}/case.json is no case`);
      return { ...decoded.right, name, source: readFileSync(join(root, name, "model.rnn"), "utf8") };
    });
};

export const flat = (nested: Nested): ReadonlyArray<number> =>
  typeof nested === "number" ? [nested] : nested.flatMap(flat);

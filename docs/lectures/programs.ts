import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { type Program, programFile, type Statics } from "../../playground/src/program.ts";
import type { Model } from "../../src/circuit/model.ts";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";
import type { Orders } from "../../src/views/model-equations.ts";
import { sourceOrders } from "../../src/views/source-orders.ts";

/** A program of `examples/`, without what its head says. */
export const example = (name: string, statics: Statics = {}): Program => ({
  source: readFileSync(new URL(`../../examples/${name}.rnn`, import.meta.url), "utf8")
    .replace(/^(\/\/.*\n)+\n?/, "")
    .trimEnd(),
  statics,
});

/** A program that stands in a lecture. */
export const written = (source: string, statics: Statics = {}): Program => ({ source: source.trim(), statics });

/** A lecture's programs have no mistakes: one that does not compile is a mistake in the lecture. */
export const compiledProgram = ({ source, statics }: Program, options: CompileOptions = {}): Compiled => {
  const compiled = compile(source, { file: programFile, statics, ...options });
  if (E.isRight(compiled)) return compiled.right;
  throw new Error(`${source}\n${compiled.left.map(({ message }) => message).join("; ")}`);
};

/** What is drawn and derived from a program. */
export interface Subject {
  readonly model: Model;
  readonly orders: Orders;
}

const known = new Map<string, Subject>();

/** A program as it is elaborated, once. */
export const subjectOf = (program: Program): Subject => {
  const key = JSON.stringify(program);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { elaborated: model } = compiledProgram(program, { precision: "f64" });
  const subject = { model, orders: sourceOrders(program.source, programFile, model.name) };
  known.set(key, subject);
  return subject;
};

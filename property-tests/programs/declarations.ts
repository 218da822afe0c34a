import * as E from "fp-ts/lib/Either.js";
import { parse } from "../../src/syntax/parse.ts";
import type { Definition, Program, Statement } from "../../src/syntax/tree.ts";

const parsed = (source: string): Program =>
  E.getOrElse((problems): Program => {
    throw new Error(JSON.stringify(problems));
  })(parse(source, ""));

/** What a random program may declare; of it, it keeps what it uses. `w` is ragged, `u` is as long as `t`. */
export const declarations: ReadonlyArray<Statement> = parsed(`model M {
  axis t in 1..T
  axis u in 1..T
  axis i in 1..I
  axis w in 1..W[i]
  axis f in 1..2
  input x[t] : R[2]
  input z[i] : R
  input q[i,w] : R
  input g : R[3]
  input c[t] : symbol[3]
  input p[i] : position[T]
  param A : R[2,2] ~ normal(0, 0.5)
  param B : R[3,2] ~ normal(0, 0.5)
  param C : R[2,3] ~ normal(0, 0.5)
  param D : R[3,3] ~ normal(0, 0.5)
  param E : R[3,2] ~ normal(0, 0.5)
  param Q : R[9,2] ~ normal(0, 0.5)
  param M[f] : R[3,2] ~ normal(0, 0.5)
  param m[f] : R[2] ~ normal(0, 0.5)
  fixed F : R[3,3] ~ normal(0, 0.5)
  param v : R[2] ~ normal(0, 0.5)
  param r : R ~ normal(0, 0.5)
}`).definitions.flatMap((definition) => (definition.tag === "model" ? definition.body : []));

/** A cell of the program's own, with delays of one and two. */
export const ownCell: Definition = parsed(`cell Leak(n)(x[s]) -> h[s] {
  param K : R[n,n] ~ normal(0, 0.5)
  param k = 0.3
  h[0] = 0.1
  h[-1] = -0.2
  h[s] : R[n] = tanh(K h[s-2] + k * h[s-1] + x[s])
}`).definitions[0]!;

export const standardCells: ReadonlyArray<string> = ["RNN", "GRU", "LSTM"];

/** The names that stand anywhere in a part of a tree. */
export const namesIn = (part: unknown): ReadonlyArray<string> => {
  if (typeof part !== "object" || part === null) return [];
  const own = "text" in part && typeof part.text === "string" ? [part.text] : [];
  return [...own, ...Object.values(part).flatMap(namesIn)];
};

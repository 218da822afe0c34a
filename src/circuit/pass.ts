import type { Circuit } from "./circuit.ts";

/** A transformation of a circuit. Passes never fail (a bad program was rejected earlier) and never mutate. */
export interface Pass {
  readonly name: string;
  readonly description: string;
  readonly run: (circuit: Circuit) => Circuit;
}

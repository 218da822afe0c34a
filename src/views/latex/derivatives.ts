import type { NodeId } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { EquationSystem } from "../equations/system.ts";

/** What an equation's `grad` became: the derivative of one variable by another, each at some of the derivative's own indices. */
export interface DerivativeName {
  readonly of: Read;
  readonly by: Read;
}

export interface Read {
  readonly name: string;
  /** Which of the derivative's indices are its own, in their order. */
  readonly indices: ReadonlyArray<number>;
}

/** By name: those that stand in no source, and so are the compiler's for a derivative. */
export const derivativesOf = (
  { written }: Model,
  { circuit, names, indicesOf }: EquationSystem,
): ReadonlyMap<string, DerivativeName> => {
  if (written === undefined) return new Map();
  const own = new Set(
    written.circuit.nodes.flatMap(({ op, name }) => [
      ...(name === undefined ? [] : [name]),
      ...(op.tag === "parameter" ? [op.path] : op.tag === "input" ? [op.name] : []),
    ]),
  );
  const keysOf = (id: NodeId): ReadonlyArray<string> => indicesOf(id).map(({ key }) => key);
  const byName = new Map([...names].map(([id, called]) => [called, id]));
  const readAt = (name: string, keys: ReadonlyArray<string>): Read | undefined => {
    const id = byName.get(name);
    const indices = id === undefined ? [] : keysOf(id).map((key) => keys.indexOf(key));
    return id === undefined || indices.includes(-1) ? undefined : { name, indices };
  };
  return new Map(
    circuit.nodes.flatMap((_, id) => {
      const called = names.get(id)?.replace(/^∂+/, "");
      if (called === undefined || own.has(called) || nodeAt(circuit, id).op.tag === "parameter") return [];
      const found = splitsOf(called).flatMap(([of, by]) => {
        const reads = own.has(of) && own.has(by) ? [readAt(of, keysOf(id)), readAt(by, keysOf(id))] : [];
        return reads[0] === undefined || reads[1] === undefined ? [] : [{ of: reads[0], by: reads[1] }];
      });
      return found.length === 0 ? [] : [[called, found[0]!] as const];
    }),
  );
};

/** `a_by_b` may be of `a` by `b`. */
const splitsOf = (name: string): ReadonlyArray<readonly [of: string, by: string]> =>
  [...name.matchAll(/_by_/g)].map(({ index }) => [name.slice(0, index), name.slice(index + 4)] as const);

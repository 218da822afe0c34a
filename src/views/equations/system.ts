import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { reachable } from "../../transform/active.ts";
import { type Lettered, type Letters, withBoundLetters } from "./bound-letters.ts";
import { asWritten, namesOf, type Spell, sharedNodes } from "./naming.ts";
import { readOnce } from "./read-once.ts";

/** A circuit as equations between named variables. */
export interface EquationSystem extends Lettered {
  /** The letters that stand for an axis where its own means another position: each with that axis. */
  readonly letters: Letters;
}

export interface EquationOptions {
  readonly spell?: Spell;
  /** Names of nodes that have none of their own, as the loss. */
  readonly titles?: ReadonlyMap<NodeId, string>;
  /** The order of a variable's indices in the source, by name. */
  readonly orders?: ReadonlyMap<string, ReadonlyArray<string>>;
  /** Further nodes that are to be written out, though they need no name. */
  readonly shown?: ReadonlyArray<NodeId>;
  /** Whether the equations are to stand in a program: a part of a vector is then a variable, with the whole on its right. */
  readonly asProgram?: boolean;
}

/** Reads a circuit again and again, until all that needs a name has one, and nothing else. */
export const equationSystem = (circuit: Circuit, options: EquationOptions = {}): EquationSystem => {
  const { spell = asWritten, titles = new Map() } = options;
  const reached = reachable(
    circuit.outputs.map(({ node }) => node),
    circuit.nodes.map(({ inputs }) => inputs),
  );
  const readWith = (also: ReadonlySet<NodeId>): Lettered => {
    const names = namesOf(circuit, spell, titles, also);
    const once = readOnce(circuit, names, {
      reached,
      orders: options.orders ?? new Map(),
      shown: options.shown ?? [],
      asProgram: options.asProgram ?? false,
    });
    const unknown = once.needed.filter((id) => !names.has(id));
    if (unknown.length > 0) return readWith(new Set([...also, ...unknown]));
    const used = [...also].filter((id) => once.spoken.has(names.get(id)!));
    return used.length < also.size ? readWith(new Set(used)) : { ...once, circuit, names };
  };
  return withBoundLetters(readWith(sharedNodes(circuit, reached, namesOf(circuit, spell, titles, new Set()))));
};

export type { Equation } from "./read-once.ts";

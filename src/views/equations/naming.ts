import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { runningAt } from "./running-product.ts";

/** How a title becomes the name to show, given those that are taken. */
export type Spell = (title: string, taken: ReadonlySet<string>) => string;

/** As the user wrote it; a second node of the same title gets primes. */
export const asWritten: Spell = (title, taken) => (taken.has(title) ? asWritten(`${title}'`, taken) : title);

/** Names for the nodes that stand for themselves: leaves, what the user named, and those that `also` need one. */
export const namesOf = (
  circuit: Circuit,
  spell: Spell,
  titles: ReadonlyMap<NodeId, string>,
  also: ReadonlySet<NodeId>,
): ReadonlyMap<NodeId, string> => {
  const names = new Map<NodeId, string>();
  const taken = new Set<string>();
  const give = (id: NodeId, title: string): void => {
    const name = spell(title, taken);
    taken.add(name);
    names.set(id, name);
  };
  circuit.nodes.forEach(({ op }, id) => {
    if (op.tag === "parameter") give(id, op.path);
    if (op.tag === "input") give(id, op.name);
  });
  circuit.nodes.forEach(({ op, name }, id) => {
    const title = titles.get(id) ?? name;
    // Equal constants are one node: the name of one would show for all.
    if (title !== undefined && op.tag !== "constant" && !names.has(id)) give(id, title);
  });
  [...also]
    .sort((a, b) => a - b)
    .forEach((id, i) => {
      if (!names.has(id)) give(id, `u${i + 1}`);
    });
  return names;
};

/** Unnamed nodes that are read more than once and too long to be written out each time. */
export const sharedNodes = (
  { nodes }: Circuit,
  reached: ReadonlySet<NodeId>,
  names: ReadonlyMap<NodeId, string>,
): ReadonlySet<NodeId> => {
  const readers = nodes.map((): NodeId[] => []);
  nodes.forEach(({ op, inputs }, id) => {
    // The greatest is taken off within a softmax: it is not written.
    if (!reached.has(id) || (op.tag === "reduce" && op.fn === "max")) return;
    for (const input of new Set(inputs)) readers[input]!.push(id);
  });
  const sizes: number[] = [];
  const shared = new Set<NodeId>();
  nodes.forEach(({ op, inputs, axes }, id) => {
    const size =
      1 + inputs.reduce((sum, input) => sum + (names.has(input) || shared.has(input) ? 1 : (sizes[input] ?? 1)), 0);
    sizes[id] = Math.min(size, 1e6);
    const summed = readers[id]!.every((reader) => nodeAt({ nodes }, reader).op.tag === "reduce" && op.tag === "map");
    const features = axes.filter(({ tag }) => tag === "feature").length;
    const isLong = size > longest || (size > long && readers[id]!.length > 1);
    // A product over positions is read by itself, as what it was before.
    const isRunning = runningAt({ nodes }, id) !== undefined;
    if (!names.has(id) && isLong && !summed && features < 2 && op.tag !== "rename" && !isRunning) shared.add(id);
  });
  return shared;
};

/** How many nodes an expression may have that is written out in two places, or in one. */
const long = 12;
const longest = 60;

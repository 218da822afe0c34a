import type { Circuit, Node, NodeId, Output } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { order } from "../../schedule/order/order.ts";
import { absorbingNodes } from "./absorption.ts";
import { type Dims, dimsOf } from "./dims.ts";
import { type Kind, kindsOf } from "./kinds.ts";
import { homesOf, type Kept, keptFrom, type Path, type Step, stepsOf } from "./loops.ts";
import { type Padding, paddingOf } from "./padding.ts";
import { readsOfNode } from "./reads.ts";
import { type Recognised, recognisedIn } from "./softmax.ts";

/** What is decided of a circuit before any of it is printed. */
export interface Plan {
  readonly circuit: Circuit;
  readonly node: (id: NodeId) => Node;
  /** Where zero must be made to absorb in a gradient. */
  readonly absorbing: ReadonlySet<NodeId>;
  readonly recognised: ReadonlyMap<NodeId, Recognised>;
  /** What the first of the outputs need. */
  readonly early: ReadonlySet<NodeId>;
  readonly steps: ReadonlyArray<Step>;
  readonly homes: ReadonlyMap<NodeId, Path>;
  readonly kept: Kept;
  readonly padding: Padding;
  readonly dims: ReadonlyArray<Dims>;
  readonly kinds: ReadonlyArray<Kind>;
  /** What reads a value, or `outside`. */
  readonly readers: (id: NodeId) => ReadonlyArray<NodeId>;
}

/** The reader of results. */
export const outside = -1;

export const planOf = (
  circuit: Circuit,
  isCounted: (input: string) => boolean,
  isFirst: (output: Output) => boolean,
): Plan => {
  const node = (id: NodeId): Node => nodeAt(circuit, id);
  const absorbing = absorbingNodes(circuit);
  const recognised = recognisedIn(circuit, (id) => absorbing.has(id));
  const inputsOf = (id: NodeId): ReadonlyArray<NodeId> => {
    const known = recognised.get(id);
    return known === undefined ? node(id).inputs : [known.of];
  };
  const reads = (id: NodeId) => readsOfNode(circuit, id, recognised);
  const results = circuit.outputs.map((output) => output.node);
  const live = [...liveFrom(inputsOf, results)].sort((a, b) => a - b);
  const steps = stepsOf(order({ axesOf: (id) => node(id).axes, dependencesOf: reads }, live));
  const homes = homesOf(steps);
  const padding = paddingOf(circuit);
  const readers = readersOf(live, inputsOf, results);
  return {
    circuit,
    node,
    absorbing,
    recognised,
    early: liveFrom(
      inputsOf,
      circuit.outputs.filter(isFirst).map((output) => output.node),
    ),
    steps,
    homes,
    kept: keptFrom(homes, results, reads),
    padding,
    dims: dimsOf(circuit, (id) => padding.fills(id) !== undefined),
    kinds: kindsOf(circuit, isCounted),
    readers: (id) => readers.get(id) ?? [],
  };
};

const readersOf = (
  live: ReadonlyArray<NodeId>,
  inputsOf: (id: NodeId) => ReadonlyArray<NodeId>,
  results: ReadonlyArray<NodeId>,
): ReadonlyMap<NodeId, ReadonlyArray<NodeId>> => {
  const readers = new Map<NodeId, NodeId[]>();
  const read = (id: NodeId, by: NodeId): void => {
    readers.set(id, [...(readers.get(id) ?? []), by]);
  };
  for (const id of live) for (const input of inputsOf(id)) read(input, id);
  for (const id of results) read(id, outside);
  return readers;
};

const liveFrom = (
  inputsOf: (id: NodeId) => ReadonlyArray<NodeId>,
  roots: ReadonlyArray<NodeId>,
): ReadonlySet<NodeId> => {
  const live = new Set<NodeId>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (live.has(id)) continue;
    live.add(id);
    waiting.push(...inputsOf(id));
  }
  return live;
};

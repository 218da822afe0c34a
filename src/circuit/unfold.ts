import { CompilerFault } from "../fault.ts";
import type { Axis } from "./axis.ts";
import type { Circuit, NodeId, OutputRole } from "./circuit.ts";
import type { Environment, Index } from "./environment.ts";
import { nodeAt } from "./node-at.ts";
import { type Space, spaceOf } from "./space.ts";
import { type Component, type Formula, formulaOf } from "./unfold-rules.ts";

/** The unfolded computational graph: finite and acyclic, for given lengths. */
export interface Unfolded {
  readonly space: Space;
  /** Each stands after those that it reads. */
  readonly instances: ReadonlyArray<Instance>;
  /** The components of all instances, one after the other; each is made from earlier ones. */
  readonly cells: ReadonlyArray<Formula<number>>;
  readonly outputs: ReadonlyArray<UnfoldedOutput>;
}

/** A node at one position of its time axes (and of the batch). */
export interface Instance {
  readonly node: NodeId;
  readonly at: Index;
  /** The instances it reads, each once. */
  readonly reads: ReadonlyArray<number>;
  /** Its first cell; the others follow in row-major order of its components. */
  readonly first: number;
}

export interface UnfoldedOutput {
  readonly role: OutputRole;
  readonly name: string;
  readonly axes: ReadonlyArray<Axis>;
  readonly cells: ReadonlyArray<{ readonly index: Index; readonly cell: number }>;
}

/** Unfolds what the outputs need. */
export const unfold = (circuit: Circuit, lengths: Pick<Environment, "lengths" | "batch">): Unfolded => {
  const space = spaceOf({ ...lengths, parameters: {}, inputs: {} });
  const instances: Instance[] = [];
  const cells: Formula<number>[] = [];
  const placed = new Map<string, number>();
  const waiting = new Set<string>();

  const cellOf = ({ node, index }: Component): number => {
    const { first } = instances[placed.get(keyOf(circuit, node, index))!]!;
    return featuresOf(circuit, node).reduce((offset, axis) => offset * axis.size + index[axis.key]!, 0) + first;
  };
  const put = (node: NodeId, index: Index): void => {
    const stack: Component[] = [{ node, index: outerOf(circuit, node, index) }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const key = keyOf(circuit, top.node, top.index);
      if (placed.has(key)) continue;
      const own: Component = top;
      const components = space.positions(featuresOf(circuit, own.node), [], own.index);
      const formulas = components.map((at) => formulaOf(circuit, space, { node: own.node, index: at }));
      const read = formulas.flatMap((formula) => ("of" in formula ? formula.of : []));
      const missing = read.filter((place) => !placed.has(keyOf(circuit, place.node, place.index)));
      if (missing.length === 0) {
        const reads = [...new Set(read.map((place) => placed.get(keyOf(circuit, place.node, place.index))!))];
        placed.set(key, instances.push({ node: own.node, at: own.index, reads, first: cells.length }) - 1);
        cells.push(
          ...formulas.map((formula) => ("of" in formula ? { ...formula, of: formula.of.map(cellOf) } : formula)),
        );
      } else {
        if (waiting.has(key)) throw new CompilerFault("unfold", `node ${own.node} needs itself at ${key}`);
        waiting.add(key);
        const outer = missing.map((place) => ({ ...place, index: outerOf(circuit, place.node, place.index) }));
        stack.push(own, ...outer);
      }
    }
  };

  const outputs = circuit.outputs.map(({ role, name, node, axes }) => ({
    role,
    name,
    axes,
    cells: space.positions(axes, axes, {}).map((index) => {
      put(node, index);
      return { index, cell: cellOf({ node, index }) };
    }),
  }));
  return { space, instances, cells, outputs };
};

const featuresOf = ({ nodes }: Circuit, node: NodeId) =>
  nodeAt({ nodes }, node).axes.flatMap((axis) => (axis.tag === "feature" ? [axis] : []));

const outerOf = ({ nodes }: Circuit, node: NodeId, index: Index): Index =>
  Object.fromEntries(
    nodeAt({ nodes }, node).axes.flatMap(({ tag, key }) => (tag === "feature" ? [] : [[key, index[key]!]])),
  );

const keyOf = ({ nodes }: Circuit, node: NodeId, index: Index): string => {
  let key = `${node}@`;
  for (const axis of nodeAt({ nodes }, node).axes) if (axis.tag !== "feature") key += `${index[axis.key]},`;
  return key;
};

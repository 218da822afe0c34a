import { type Axis, featuresOf } from "./axis.ts";
import type { Circuit, Node, NodeId } from "./circuit.ts";
import type { Environment, Index } from "./environment.ts";
import { valuesOf } from "./evaluate.ts";
import { valueAt } from "./evaluate-rules.ts";
import { nodeAt } from "./node-at.ts";
import { isOwnName } from "./own-names.ts";
import { spaceOf } from "./space.ts";

/** Where a value is first no finite number: an operation whose operands are all finite. */
export interface Origin {
  readonly node: Node;
  readonly index: Index;
  readonly value: number;
  /** What its operands are, over all components at that position. */
  readonly operands: ReadonlyArray<{ readonly least: number; readonly greatest: number }>;
  /** The variable of the program that it is a part of, and where that stands. */
  readonly equation: { readonly node: Node; readonly index: Index } | undefined;
}

/** A value at a position, with the variable that it was asked for by. */
interface Asked {
  readonly node: NodeId;
  readonly index: Index;
  readonly equation: Origin["equation"];
}

/**
 * Why results of a circuit are no finite numbers: from each that is none back through operands that are none either. Of
 * several beginnings the first in order of positions, then of equations. Undefined where there is none. Every value is
 * rounded as it is made; one that `isSound` says of that it is a number after all, in another form, is left alone.
 */
export const originOf = (
  circuit: Circuit,
  environment: Environment,
  round: (value: number) => number,
  isSound: (id: NodeId, index: Index) => boolean = () => false,
): Origin | undefined => {
  const space = spaceOf(environment);
  const valueHere = valuesOf(circuit, environment, space, round);
  const axesOf = (id: NodeId): ReadonlyArray<Axis> => nodeAt(circuit, id).axes;
  const own = (id: NodeId, index: Index): Index => Object.fromEntries(axesOf(id).map(({ key }) => [key, index[key]!]));
  /** What an operation reads at a position, of each of its inputs. */
  const readsOf = (id: NodeId, index: Index): ReadonlyArray<readonly [NodeId, Index]> => {
    const reads: Array<readonly [NodeId, Index]> = [];
    const read = (input: NodeId, at: Index): number => {
      reads.push([input, own(input, at)]);
      return valueHere(input, at);
    };
    valueAt(nodeAt(circuit, id), index, { environment, space, axes: axesOf, read });
    return chosen(nodeAt(circuit, id), reads, valueHere);
  };
  const named = (id: NodeId, index: Index, outer: Origin["equation"]): Origin["equation"] => {
    const node = nodeAt(circuit, id);
    return node.name === undefined || isOwnName(node.name) ? outer : { node, index };
  };

  const found: Asked[] = [];
  const seen = new Set<string>();
  const stack: Asked[] = circuit.outputs.flatMap(({ node, axes }) =>
    space.positions(axes, axes, {}).map((index) => ({ node, index: own(node, index), equation: undefined })),
  );
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, index } = top;
    const key = `${node} ${Object.values(index).join()}`;
    if (seen.has(key) || Number.isFinite(valueHere(node, index))) continue;
    seen.add(key);
    if (isSound(node, index)) continue;
    const equation = named(node, index, top.equation);
    const broken = readsOf(node, index).filter(([input, at]) => !Number.isFinite(valueHere(input, at)));
    if (broken.length === 0) found.push({ node, index, equation });
    for (const [input, at] of broken) stack.push({ node: input, index: at, equation });
  }
  const [first] = found.sort((a, b) => placeOf(circuit, a) - placeOf(circuit, b) || a.node - b.node);
  if (first === undefined) return undefined;
  const { node, index, equation } = first;
  const components = space.positions(featuresOf(axesOf(node)), axesOf(node), index);
  const reads = components.flatMap((at) => readsOf(node, at));
  const { inputs } = nodeAt(circuit, node);
  return {
    node: nodeAt(circuit, node),
    index,
    value: valueHere(node, index),
    operands: [...new Set(inputs)].flatMap((input) => rangeOf(reads, input, valueHere)),
    equation,
  };
};

/** A choice reads what it does not choose as well, which does not matter. */
const chosen = (
  { op, inputs }: Node,
  reads: ReadonlyArray<readonly [NodeId, Index]>,
  valueHere: (id: NodeId, index: Index) => number,
): ReadonlyArray<readonly [NodeId, Index]> => {
  if (op.tag !== "map" || op.fn !== "select" || inputs.length !== 3) return reads;
  const [condition, yes, no] = reads;
  return [condition!, valueHere(...condition!) === 0 ? no! : yes!];
};

/** How far along the axes of time a value stands. */
const placeOf = (circuit: Circuit, { node, index }: Asked): number =>
  nodeAt(circuit, node).axes.reduce((sum, { tag, key }) => (tag === "time" ? sum + index[key]! : sum), 0);

const rangeOf = (
  reads: ReadonlyArray<readonly [NodeId, Index]>,
  input: NodeId,
  valueHere: (id: NodeId, index: Index) => number,
): Origin["operands"] => {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [id, at] of reads) {
    if (id !== input) continue;
    const value = valueHere(id, at);
    [least, greatest] = [Math.min(least, value), Math.max(greatest, value)];
  }
  return least > greatest ? [] : [{ least, greatest }];
};

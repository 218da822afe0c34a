import { CompilerFault } from "../fault.ts";
import { type Axis, firstOf } from "./axis.ts";
import type { Circuit, NodeId } from "./circuit.ts";
import type { Environment, Index, Tensor } from "./environment.ts";
import { type Setting, valueAt } from "./evaluate-rules.ts";
import { nodeAt } from "./node-at.ts";
import { type Space, spaceOf } from "./space.ts";

/**
 * The meaning of a circuit, by definition: the value of a node at an index is its operation with the index put in. Every
 * value is computed once and remembered; nothing is known of schedules or layouts. The results stand in the order of
 * the circuit's outputs.
 */
export const evaluate = (circuit: Circuit, environment: Environment): ReadonlyArray<Tensor> => {
  const space = spaceOf(environment);
  const valueHere = valuesOf(circuit, environment, space);
  return circuit.outputs.map(({ node, axes }) => {
    const { size, offset } = layoutOf(axes, space);
    const data = new Float64Array(size);
    for (const index of space.positions(axes, axes, {})) data[offset(index)] = valueHere(node, index);
    return { axes: axes.map(({ key }) => key), extents: axes.map(space.longest), data };
  });
};

/** A value asked for. */
interface Question {
  readonly node: NodeId;
  readonly offset: number;
  readonly index: Index;
}

/**
 * Values on demand, each rounded as it is made (by default as it is). What a value needs and is not known yet is put before it on a stack of its own, so that a sequence
 * may be longer than the call stack is deep.
 */
export const valuesOf = (
  circuit: Circuit,
  environment: Environment,
  space: Space,
  round: (value: number) => number = (value) => value,
): ((node: NodeId, index: Index) => number) => {
  const memos = circuit.nodes.map(({ axes }) => {
    const layout = layoutOf(axes, space);
    return { ...layout, values: new Float64Array(layout.size), states: new Uint8Array(layout.size) };
  });
  const ask = (node: NodeId, index: Index): Question => {
    const own = Object.fromEntries(nodeAt(circuit, node).axes.map(({ key }) => [key, index[key]!]));
    return { node, index: own, offset: memos[node]!.offset(own) };
  };
  /** Computes a value, or says what must be known first. */
  const attempt = ({ node, offset, index }: Question): ReadonlyArray<Question> => {
    const needed: Question[] = [];
    const read: Setting["read"] = (input, at) => {
      const memo = memos[input]!;
      const place = memo.offset(at);
      if (memo.states[place] === known) return memo.values[place]!;
      needed.push(ask(input, at));
      return Number.NaN;
    };
    const axes: Setting["axes"] = (id) => nodeAt(circuit, id).axes;
    const value = valueAt(nodeAt(circuit, node), index, { environment, space, axes, read });
    const memo = memos[node]!;
    if (needed.length === 0) memo.values[offset] = round(value);
    memo.states[offset] = needed.length === 0 ? known : asked;
    return needed;
  };

  return (node: NodeId, index: Index): number => {
    const first = ask(node, index);
    const stack = [first];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (memos[top.node]!.states[top.offset] === known) continue;
      const needed = attempt(top);
      const circular = needed.find((question) => memos[question.node]!.states[question.offset] === asked);
      if (circular !== undefined) {
        throw new CompilerFault("evaluate", `node ${circular.node} at ${JSON.stringify(circular.index)} needs itself`);
      }
      if (needed.length > 0) stack.push(top);
      for (const question of needed) stack.push(question);
    }
    return memos[first.node]!.values[first.offset]!;
  };
};

/** The states of a value, before which it is unknown: what it needs has been asked for; it is known. */
const asked = 1;
const known = 2;

/** Row-major over the longest extents. */
const layoutOf = (axes: ReadonlyArray<Axis>, space: Space) => {
  const size = axes.reduce((product, axis) => product * space.longest(axis), 1);
  const offset = (index: Index): number =>
    axes.reduce((sum, axis) => {
      const place = index[axis.key]! - firstOf(axis);
      if (!(place >= 0 && place < space.longest(axis))) {
        throw new CompilerFault("evaluate", `no position ${place} along ${axis.key}`);
      }
      return sum * space.longest(axis) + place;
    }, 0);
  return { size, offset };
};

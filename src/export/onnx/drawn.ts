import { newBuilder } from "../../circuit/build.ts";
import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";
import type { Model, RandomSpec } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { copyNode } from "../../circuit/rewrite.ts";
import { expectationNodes } from "../../transform/expectations.ts";

/**
 * The circuit of a model that generates: in the place of each target stands the most probable value of its distribution, which
 * is a result, and what is read back of it are earlier ones.
 */
export const drawnCircuit = ({ circuit, randoms }: Model): Circuit => {
  const b = newBuilder();
  const made = new Map<NodeId, NodeId>();
  const open: Array<readonly [feedback: NodeId, source: NodeId]> = [];
  const drawn = new Map<string, NodeId>();

  const make = (id: NodeId): NodeId => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const node = nodeAt(circuit, id);
    const random = node.op.tag === "input" ? randomOf(randoms, node.op.name) : undefined;
    const result = random === undefined ? copied(id) : draw(random);
    made.set(id, result);
    if (node.name !== undefined) b.name(result, node.name, node.span);
    return result;
  };
  const copied = (id: NodeId): NodeId => {
    const node = nodeAt(circuit, id);
    if (node.op.tag !== "delay") return copyNode(b, node, node.inputs.map(make));
    const feedback = b.feedback(node.op.axis, node.op.by, make(node.inputs[0]!), node.axes);
    open.push([feedback, node.inputs[1]!]);
    return feedback;
  };
  const draw = (random: RandomSpec): NodeId => {
    const known = drawn.get(random.target);
    if (known !== undefined) return known;
    const given = random.arguments.map((name): Output => {
      const output = circuit.outputs.find((each) => each.role === "distribution" && each.name === name)!;
      return { ...output, node: make(output.node) };
    });
    const [likeliest] = expectationNodes[random.family](b, given) as readonly [NodeId];
    const value = random.family === "bernoulli" ? b.map("less", b.constant(0.5), likeliest) : likeliest;
    drawn.set(random.target, value);
    return value;
  };

  const outputs = circuit.outputs
    .filter(({ role }) => role === "output")
    .map((output) => ({ ...output, node: make(output.node) }));
  const targets = randoms.map((random): Output => {
    const { axes } = circuit.nodes.find(({ op }) => op.tag === "input" && op.name === random.target) ?? { axes: [] };
    return { role: "output", name: random.target, node: draw(random), axes: [...axes] };
  });
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) b.tie(pair[0], make(pair[1]));
  return b.finish([...targets, ...outputs]);
};

const randomOf = (randoms: ReadonlyArray<RandomSpec>, name: string): RandomSpec | undefined =>
  randoms.find(({ target }) => target === name);

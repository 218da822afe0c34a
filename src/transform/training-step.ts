import type { Builder } from "../circuit/build.ts";
import type { NodeId, Op, Output } from "../circuit/circuit.ts";
import { memoryName, normName, trainingName } from "../circuit/own-names.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { clipping } from "./clipping.ts";

/** What a rule of descent is given: nodes of equal axes, and its constants by name. */
interface Given {
  readonly b: Builder;
  readonly x: NodeId;
  /** The gradient, clipped. */
  readonly dx: NodeId;
  readonly memories: ReadonlyArray<NodeId>;
  /** A number that the caller gives: the rate, the number of the step (from 1), or one of the rule's constants. */
  readonly number: (name: string) => NodeId;
}

export interface Rule {
  /** How many tensors it remembers for each parameter. */
  readonly memories: number;
  /** Its constants with the values of its paper. */
  readonly constants: Readonly<Record<string, number>>;
  readonly update: (given: Given) => { readonly x: NodeId; readonly memories: ReadonlyArray<NodeId> };
}

export type OptimiserName = "sgd" | "momentum" | "adagrad" | "rmsprop" | "adam" | "adamw";

const stepped = ({ b, x, number }: Given, direction: NodeId): NodeId =>
  b.map("sub", x, b.map("mul", number("rate"), direction));

/** decay · average + (1 - decay) · value */
const averaged = (b: Builder, decay: NodeId, average: NodeId, value: NodeId): NodeId =>
  b.map("add", b.map("mul", decay, average), b.map("mul", b.map("sub", b.constant(1), decay), value));

/** value / (sqrt(squares) + epsilon) */
const scaled = ({ b, number }: Given, value: NodeId, squares: NodeId): NodeId =>
  b.map("div", value, b.map("add", b.map("sqrt", squares), number("epsilon")));

const adam = (given: Given): { readonly x: NodeId; readonly memories: ReadonlyArray<NodeId> } => {
  const { b, dx, number } = given;
  const [m, v] = [given.memories[0]!, given.memories[1]!];
  const first = averaged(b, number("beta1"), m, dx);
  const second = averaged(b, number("beta2"), v, b.map("mul", dx, dx));
  // The averages begin at 0: what they miss of the earlier steps is made up for.
  const unbiased = (average: NodeId, decay: string) =>
    b.map("div", average, b.map("sub", b.constant(1), b.map("pow", number(decay), number("step"))));
  return {
    x: stepped(given, scaled(given, unbiased(first, "beta1"), unbiased(second, "beta2"))),
    memories: [first, second],
  };
};

export const optimiserRules: { readonly [N in OptimiserName]: Rule } = {
  sgd: { memories: 0, constants: {}, update: (given) => ({ x: stepped(given, given.dx), memories: [] }) },
  // Polyak 1964.
  momentum: {
    memories: 1,
    constants: { decay: 0.9 },
    update: (given) => {
      const velocity = given.b.map("add", given.b.map("mul", given.number("decay"), given.memories[0]!), given.dx);
      return { x: stepped(given, velocity), memories: [velocity] };
    },
  },
  // Duchi, Hazan and Singer 2011.
  adagrad: {
    memories: 1,
    constants: { epsilon: 1e-8 },
    update: (given) => {
      const squares = given.b.map("add", given.memories[0]!, given.b.map("mul", given.dx, given.dx));
      return { x: stepped(given, scaled(given, given.dx, squares)), memories: [squares] };
    },
  },
  // Tieleman and Hinton 2012.
  rmsprop: {
    memories: 1,
    constants: { decay: 0.9, epsilon: 1e-8 },
    update: (given) => {
      const { b, dx, memories, number } = given;
      const squares = averaged(b, number("decay"), memories[0]!, b.map("mul", dx, dx));
      return { x: stepped(given, scaled(given, dx, squares)), memories: [squares] };
    },
  },
  // Kingma and Ba 2015, algorithm 1.
  adam: { memories: 2, constants: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, update: adam },
  // Loshchilov and Hutter 2019: the decay of the weights does not go through the averages.
  adamw: {
    memories: 2,
    constants: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
    update: (given) => {
      const { x, memories } = adam(given);
      const { b, number } = given;
      const shrunk = b.map("mul", b.map("mul", number("rate"), number("weightDecay")), given.x);
      return { x: b.map("sub", x, shrunk), memories };
    },
  },
};

type Tensor = Extract<Op, { readonly tag: "parameter" }>;

const hasTwoSizes = ({ shape }: Pick<Tensor, "path" | "shape">): boolean => shape.length > 1;

/** What the weight decay of all that is no matrix is called. */
const vectorDecay = "vectorDecay";

/**
 * A circuit with gradients becomes one that trains: instead of the gradients it gives the parameters and the rule's
 * memories after one step, to stand where they stood (role `update`), and the gradient's norm, whole and by each parameter. The gradient is first
 * scaled by `$train.scale`, shortened to the norm `$train.clip`, and bounded by value at `$train.clipValue`.
 */
export const trainingStep = (name: OptimiserName, isMatrix = hasTwoSizes): Pass => ({
  name: "training-step",
  description: `turns gradients into a step of ${name}`,
  run: (circuit) => {
    const { b, renamed } = rewrite(circuit, copyNode);
    const rule = optimiserRules[name];
    const number = (of: string): NodeId => b.input(trainingName(of), []);
    const outputs = circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! }));
    const shapes = new Map(
      circuit.nodes.flatMap(({ op }) => (op.tag === "parameter" ? [[op.path, op.shape] as const] : [])),
    );
    const gradients = outputs.filter(({ role, name: path }) => role === "gradient" && shapes.has(path));
    const limits = { scale: number("scale"), norm: number("clip"), value: number("clipValue") };
    const { norm, norms, clipped } = clipping(b, limits, gradients);
    const updates = gradients.flatMap(({ name: path, node, axes }): ReadonlyArray<Output> => {
      const memories = Array.from({ length: rule.memories }, (_, i) => memoryName(i, path));
      const after = rule.update({
        b,
        x: b.parameter(path, shapes.get(path)!),
        dx: clipped(node),
        memories: memories.map((memory) => b.input(memory, axes)),
        // Vectors and numbers may be decayed otherwise: biases are not to be small.
        number: (of) =>
          number(of === "weightDecay" && !isMatrix({ path, shape: shapes.get(path)! }) ? vectorDecay : of),
      });
      return [
        { role: "update", name: path, node: after.x, axes },
        ...after.memories.map((memory, i): Output => ({ role: "update", name: memories[i]!, node: memory, axes })),
      ];
    });
    return b.finish([
      ...outputs.filter(({ role }) => role !== "gradient"),
      { role: "norm", name: "norm", node: norm, axes: [] },
      ...norms.map((node, i): Output => ({ role: "norm", name: normName(gradients[i]!.name), node, axes: [] })),
      ...updates,
    ]);
  },
});

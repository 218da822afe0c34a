import { type Axis, type FeatureAxis, featuresOf, sortAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Model, RandomSpec } from "../circuit/model.ts";
import { judgedName } from "../circuit/own-names.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { invariant } from "../fault.ts";

/** What is told of every value of a target. */
export type Judgement = "best" | "nats" | "probability" | "mean" | "deviation";

/**
 * The model whose outputs say, in place of its own, what it makes of data whose targets are given: of every value of each
 * target `nats`, which is -log p(y) whatever it weighs, and what is expected of it; at every position its `weight`, if one is
 * stated; and what is minimized `besides`. All follow from one run of its forward program.
 */
export const judged = (model: Model): Model =>
  withOutputs(model, (b, renamed) => {
    const of = (name: string): Output => {
      const found = model.circuit.outputs.find((output) => output.role === "distribution" && output.name === name)!;
      return { ...found, node: renamed[found.node]! };
    };
    return [
      ...model.randoms.flatMap(({ family, target, arguments: given }) => {
        const y = model.circuit.nodes.findIndex(({ op }) => op.tag === "input" && op.name === target);
        invariant("judge", y >= 0, `nothing reads ${target}`);
        const { axes } = model.circuit.nodes[y]!;
        return rules[family](b, renamed[y]!, ...given.map(of)).map(([told, node]) => output(told, target, node, axes));
      }),
      ...weightsOf(model, renamed),
      ...(model.besides === undefined ? [] : [output("besides", "", renamed[model.besides]!, [])]),
    ];
  });

/** The model that says what its targets weigh and nothing else, for which little of it is needed. */
export const weighed = (model: Model): Model => withOutputs(model, (_, renamed) => weightsOf(model, renamed));

const withOutputs = (
  model: Model,
  told: (b: Builder, renamed: ReadonlyArray<NodeId>) => ReadonlyArray<Output>,
): Model => {
  const { b, renamed } = rewrite(model.circuit, copyNode);
  const kept = model.circuit.outputs.filter(({ role }) => role !== "output");
  const outputs = [...kept.map((each) => ({ ...each, node: renamed[each.node]! })), ...told(b, renamed)];
  return {
    ...model,
    randoms: model.randoms.map((random) => ({
      ...random,
      term: renamed[random.term]!,
      ...(random.weight === undefined ? {} : { weight: renamed[random.weight]! }),
    })),
    ...(model.besides === undefined ? {} : { besides: renamed[model.besides]! }),
    circuit: b.finish(outputs),
  };
};

const weightsOf = ({ randoms, inputs }: Model, renamed: ReadonlyArray<NodeId>): ReadonlyArray<Output> =>
  randoms.flatMap(({ target, weight }) => {
    const { axes } = inputs.find(({ name }) => name === target)!;
    return weight === undefined ? [] : [output("weight", target, renamed[weight]!, sortAxes(axes))];
  });

const output = (
  of: Judgement | "weight" | "besides",
  target: string,
  node: NodeId,
  axes: ReadonlyArray<Axis>,
): Output => ({ role: "output", name: judgedName(of, target), node, axes });

type Rule = (b: Builder, y: NodeId, ...given: ReadonlyArray<Output>) => ReadonlyArray<readonly [Judgement, NodeId]>;

/** Half the logarithm of 2π, which engines need not agree on. */
const halfLogTurn = 0.9189385332046727;

const rules: { readonly [F in RandomSpec["family"]]: Rule } = {
  categorical: (b, y, logProbabilities) => {
    const { node, axes } = logProbabilities!;
    const [symbols] = featuresOf(axes) as readonly [FeatureAxis];
    const greatest = b.maximum([symbols], node);
    // Of several that are as probable, the first.
    const places = b.map(
      "select",
      b.map("lessEqual", greatest, node),
      b.map("neg", b.index(symbols)),
      b.constant(-symbols.size),
    );
    return [
      ["best", b.map("neg", b.maximum([symbols], places))],
      ["nats", b.map("neg", b.sum([symbols], b.map("mul", b.onehot(symbols, y), node)))],
    ];
  },

  bernoulli: (b, y, p) => {
    const log = b.map(
      "select",
      b.map("less", b.constant(0.5), y),
      b.map("log", p!.node),
      b.map("log", b.map("sub", b.constant(1), p!.node)),
    );
    return [
      ["probability", p!.node],
      ["nats", b.map("neg", log)],
    ];
  },

  normal: (b, y, mean, deviation) => {
    const z = b.map("div", b.map("sub", y, mean!.node), deviation!.node);
    const constant = b.map("add", b.map("log", deviation!.node), b.constant(halfLogTurn));
    return [
      ["mean", mean!.node],
      ["deviation", deviation!.node],
      ["nats", b.map("add", b.map("mul", b.constant(0.5), b.map("mul", z, z)), constant)],
    ];
  },
};

import { type Axis, type FeatureAxis, featuresOf, sortAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Expectation, Model, RandomSpec } from "../circuit/model.ts";
import { judgedName } from "../circuit/own-names.ts";
import { expectationNodes, expectationsOf } from "./expectations.ts";
import { targetNode, withOutputs } from "./with-outputs.ts";

/** What is told of every value of a target. */
export type Judgement = Expectation | "nats";

/**
 * The model whose outputs say, in place of its own, what it makes of data whose targets are given: of every value of each
 * target `nats`, which is -log p(y) whatever it weighs, and what is expected of it; at every position its `weight`, if one is
 * stated; and what is minimized `besides`. All follow from one run of its forward program.
 */
export const judged = (model: Model): Model =>
  withOutputs(model, isNoOutput, (b, renamed, kept) => [
    ...model.randoms.flatMap(({ family, target, arguments: names }) => {
      const given = names.map((name) => kept.find((each) => each.role === "distribution" && each.name === name)!);
      const { node, axes } = targetNode(model, target);
      const expected = expectationNodes[family](b, given);
      return [
        ...expectationsOf[family].map((of, i) => output(of, target, expected[i]!, axes)),
        output("nats", target, nats[family](b, renamed[node]!, given), axes),
      ];
    }),
    ...weightsOf(model, renamed),
    ...(model.besides === undefined ? [] : [output("besides", "", renamed[model.besides]!, [])]),
  ]);

/** The model that says what its targets weigh and nothing else, for which little of it is needed. */
export const weighed = (model: Model): Model =>
  withOutputs(model, isNoOutput, (_, renamed) => weightsOf(model, renamed));

const isNoOutput = ({ role }: Output): boolean => role !== "output";

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

/** Half the logarithm of 2π, which engines need not agree on. */
const halfLogTurn = 0.9189385332046727;

type Rule = (b: Builder, y: NodeId, given: ReadonlyArray<Output>) => NodeId;

/** What a value costs: -log of its probability. */
const nats: { readonly [F in RandomSpec["family"]]: Rule } = {
  categorical: (b, y, [logProbabilities]) => {
    const { node, axes } = logProbabilities!;
    const [symbols] = featuresOf(axes) as readonly [FeatureAxis];
    return b.map("neg", b.sum([symbols], b.map("mul", b.onehot(symbols, y), node)));
  },

  bernoulli: (b, y, [p]) =>
    b.map(
      "neg",
      b.map(
        "select",
        b.map("less", b.constant(0.5), y),
        b.map("log", p!.node),
        b.map("log", b.map("sub", b.constant(1), p!.node)),
      ),
    ),

  normal: (b, y, [mean, deviation]) => {
    const z = b.map("div", b.map("sub", y, mean!.node), deviation!.node);
    const constant = b.map("add", b.map("log", deviation!.node), b.constant(halfLogTurn));
    return b.map("add", b.map("mul", b.constant(0.5), b.map("mul", z, z)), constant);
  },
};

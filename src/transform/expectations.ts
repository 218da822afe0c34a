import { type FeatureAxis, featuresOf } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Expectation, RandomSpec } from "../circuit/model.ts";

type Family = RandomSpec["family"];

/** What is expected of the values of a target, by its distribution. */
export const expectationsOf: { readonly [F in Family]: ReadonlyArray<Expectation> } = {
  categorical: ["best"],
  bernoulli: ["probability"],
  normal: ["mean", "deviation"],
};

type Rule = (b: Builder, given: ReadonlyArray<Output>) => ReadonlyArray<NodeId>;

/** The same as nodes, by the arguments of the distribution. */
export const expectationNodes: { readonly [F in Family]: Rule } = {
  categorical: (b, [logProbabilities]) => {
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
    return [b.map("neg", b.maximum([symbols], places))];
  },
  bernoulli: (_, [p]) => [p!.node],
  normal: (_, [mean, deviation]) => [mean!.node, deviation!.node],
};

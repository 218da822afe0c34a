import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Family } from "../system.ts";
import { featureAxes, type Valued } from "./algebra.ts";

/** What a `~` adds: its distribution's arguments by name, and -log p(y) at every position. */
export interface Likelihood {
  readonly arguments: ReadonlyArray<{ readonly name: string; readonly value: Valued }>;
  readonly loss: NodeId;
}

type Rule = (b: Builder, y: Valued, ...given: ReadonlyArray<Valued>) => Likelihood;

/** Half the logarithm of 2π, which engines need not agree on. */
const halfLogTurn = 0.9189385332046727;

export const likelihoods: { readonly [F in Family]: Rule } = {
  categorical: (b, y, p) => {
    const logProbabilities = b.map("log", p!.node);
    const [symbols] = featureAxes(p!.shape);
    const chosen = b.sum([symbols!], b.map("mul", b.onehot(symbols!, y.node), logProbabilities));
    return {
      arguments: [{ name: "logProbabilities", value: { node: logProbabilities, shape: p!.shape } }],
      loss: b.map("neg", chosen),
    };
  },

  bernoulli: (b, y, p) => {
    const isOne = b.map("less", b.constant(0.5), y.node);
    const log = b.map("select", isOne, b.map("log", p!.node), b.map("log", b.map("sub", b.constant(1), p!.node)));
    return {
      arguments: [{ name: "probability", value: p! }],
      loss: b.map("neg", b.sum(featureAxes(y.shape), log)),
    };
  },

  normal: (b, y, mean, deviation) => {
    const z = b.map("div", b.map("sub", y.node, mean!.node), deviation!.node);
    const square = b.map("mul", b.constant(0.5), b.map("mul", z, z));
    const constant = b.map("add", b.map("log", deviation!.node), b.constant(halfLogTurn));
    return {
      arguments: [
        { name: "mean", value: mean! },
        { name: "deviation", value: { node: deviation!.node, shape: y.shape } },
      ],
      loss: b.sum(featureAxes(y.shape), b.map("add", square, constant)),
    };
  },
};

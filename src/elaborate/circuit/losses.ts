import { sortAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId, Output } from "../../circuit/circuit.ts";
import type { RandomSpec } from "../../circuit/model.ts";
import { readBacks } from "../read-back.ts";
import type { System, Variable } from "../system.ts";
import { featureAxes } from "./algebra.ts";
import { overAxes } from "./over-axes.ts";
import { type Likelihood, likelihoods } from "./random.ts";
import type { Built } from "./variables.ts";

/** What a model minimizes: the terms of its targets, and what it names besides. */
export interface Losses {
  readonly randoms: ReadonlyArray<RandomSpec>;
  readonly besides: NodeId | undefined;
  /** The arguments of the distributions, and the loss if there is one. */
  readonly outputs: ReadonlyArray<Output>;
}

export const buildLosses = (built: Built, reached: ReadonlySet<string>): Losses => {
  const { b, system } = built;
  const besides = totalOf(
    b,
    system.minimized.map((term) => built.build(term)),
  );
  const targets = [...system.variables.values()].flatMap((variable) => {
    const { meaning } = variable;
    return meaning.tag === "random" ? [buildTarget(built, reached, variable, meaning)] : [];
  });
  const total = totalOf(b, [...(besides === undefined ? [] : [besides]), ...targets.map(({ loss }) => loss)]);
  return {
    randoms: targets.map(({ random }) => random),
    besides,
    outputs: [
      ...targets.flatMap(({ distributions }) => distributions),
      ...(total === undefined ? [] : [{ role: "loss", name: "loss", node: total, axes: [] } as const]),
    ],
  };
};

/** One `~`, and what it adds to the loss. */
interface Target {
  readonly random: RandomSpec;
  readonly distributions: ReadonlyArray<Output>;
  readonly loss: NodeId;
}

const buildTarget = (
  { b, system, shapes, build, nodeOf }: Built,
  reached: ReadonlySet<string>,
  variable: Variable,
  meaning: Extract<Variable["meaning"], { tag: "random" }>,
): Target => {
  const { axes, path } = variable;
  const given = meaning.arguments.map((term) => ({ node: build(term, axes), shape: shapes.ofTerm(term) }));
  const target = { node: nodeOf(path), shape: shapes.ofVariable(path) };
  const { arguments: named, loss } = likelihoods[meaning.family](overAxes(b, axes), target, ...given);
  const weight = meaning.weight === undefined ? undefined : build(meaning.weight, axes);
  const term = weight === undefined ? loss : b.map("times", weight, loss);
  const distributions = named.map((argument) => distributionOf(variable, argument));
  const random = {
    ...{ target: path, family: meaning.family, arguments: distributions.map(({ name }) => name) },
    reads: readBacks(system, reached, variable),
    ...endOf(system, path),
    ...{ term, ...(weight === undefined ? {} : { weight }) },
  };
  return { random, distributions, loss: b.sum(axes, term) };
};

const distributionOf = ({ path, axes }: Variable, { name, value }: Likelihood["arguments"][number]): Output => ({
  role: "distribution",
  name: `${path}.${name}`,
  node: value.node,
  axes: sortAxes([...axes, ...featureAxes(value.shape)]),
});

/** The symbol that ends a target, if one does. */
const endOf = (system: System, path: string): Pick<RandomSpec, "until"> => {
  const ending = system.endings.find((each) => each.path === path);
  return ending === undefined ? {} : { until: { axis: ending.axis, symbol: ending.symbol } };
};

const totalOf = (b: Builder, terms: ReadonlyArray<NodeId>): NodeId | undefined =>
  terms.length === 0 ? undefined : terms.reduce((sum, term) => b.map("add", sum, term));

import { hasAxis } from "../circuit/axis.ts";
import type { Circuit, NodeId, Output } from "../circuit/circuit.ts";
import type { Model, RandomSpec } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { call, name } from "../syntax/make.ts";
import type { Expression } from "../syntax/tree.ts";
import type { Spell } from "./equations/naming.ts";
import { inSourceOrder } from "./equations/source-order.ts";
import { type EquationSystem, equationSystem } from "./equations/system.ts";
import { type Line, type Listing, listingOf } from "./listing.ts";

export type Orders = ReadonlyMap<string, ReadonlyArray<string>>;

/** The order of indices that is known of a model's own inputs. */
export const inputOrders = ({ inputs, parameters }: Model): Orders =>
  new Map([
    ...inputs.map(({ name, axes }) => [name, axes.map(({ key }) => key)] as const),
    ...parameters.map(({ path, axes }) => [path, axes.map(({ key }) => key)] as const),
  ]);

type RandomLine = Extract<Line, { readonly tag: "random" }>;

export interface ModelEquations {
  readonly model: Model;
  readonly system: EquationSystem;
  /** `y[t] ~ categorical(p[t])`, in the order of the likelihoods in the loss. */
  readonly randoms: ReadonlyArray<RandomLine>;
  /** What is minimized besides. */
  readonly minimized: Expression | undefined;
  /** The model's own variables in the order of the source, as far as it is known. */
  readonly orders: Orders;
}

export interface ModelOptions {
  readonly spell?: Spell;
  readonly orders?: Orders;
  /** What the loss is called, if it is to be an equation. */
  readonly loss?: string;
  readonly asProgram?: boolean;
}

/** The equations of a model after elaboration. */
export const modelEquations = (
  model: Model,
  { spell, orders = new Map(), loss: called, asProgram = false }: ModelOptions = {},
): ModelEquations => {
  const { circuit, randoms } = model;
  const loss = circuit.outputs.find(({ role }) => role === "loss");
  const { besides } = model;
  const weights = randoms.map(({ weight }) => weight);
  const given = randoms.map((random) => random.arguments.map((argument) => argumentNode(model, random, argument)));
  const isLossTitled = loss !== undefined && called !== undefined && nodeAt(circuit, loss.node).name === undefined;
  const system = equationSystem(circuit, {
    titles: new Map([
      ...(isLossTitled ? [[loss.node, called] as const] : []),
      ...(asProgram ? constantOutputs(circuit) : []),
    ]),
    orders: new Map([...inputOrders(model), ...orders]),
    shown: [
      ...given.flat(),
      ...weights.filter((weight) => weight !== undefined),
      ...(besides === undefined ? [] : [besides]),
      ...circuit.outputs.flatMap(({ role, node }) => (role === "output" ? [node] : [])),
    ],
    asProgram,
    ...(spell === undefined ? {} : { spell }),
  });
  return {
    model,
    system,
    randoms: randoms.map((random, i) => randomLine(system, random, given[i]!)),
    minimized: besides === undefined ? undefined : system.shown.get(besides)!.expression,
    orders,
  };
};

export const modelListing = ({ system, randoms, orders }: ModelEquations): Listing => {
  const lines = listingOf({ ...system, equations: inSourceOrder(system, [...orders.keys()]) }, () => true);
  const loss = system.circuit.outputs.find(({ role }) => role === "loss")?.node;
  const called = loss === undefined ? undefined : system.names.get(loss);
  const isLoss = ({ left }: Line): boolean => left.name === called;
  return [...lines.filter((line) => !isLoss(line)), ...otherOutputs(system), ...randoms, ...lines.filter(isLoss)];
};

/** An output that is a variable of another name: `q[t] = h[t]`. */
const otherOutputs = ({ circuit, names, indicesOf, shown }: EquationSystem): ReadonlyArray<Line> => {
  const taken = new Set(names.values());
  return circuit.outputs.flatMap(({ role, name: called, node, axes }): ReadonlyArray<Line> => {
    const value = shown.get(node);
    if (role !== "output" || taken.has(called) || value === undefined) return [];
    const others = axes.filter((axis) => axis.tag === "time" && !hasAxis(indicesOf(node), axis));
    const indices = [...indicesOf(node), ...others].map(({ key }) => name(key));
    return [{ tag: "equation", left: { name: called, indices }, right: value.expression }];
  });
};

/** An output over an axis along which its value is constant leaves its name to a variable over all its axes. */
const constantOutputs = ({ nodes, outputs }: Circuit): ReadonlyArray<readonly [NodeId, string]> =>
  outputs.flatMap(({ role, name: called, node, axes }) => {
    const { name: title, axes: own } = nodeAt({ nodes }, node);
    return role === "output" && title === called && own.length < axes.length ? [[node, `${called}'`] as const] : [];
  });

const randomLine = (system: EquationSystem, random: RandomSpec, given: ReadonlyArray<NodeId>): RandomLine => {
  const node = system.circuit.nodes.findIndex(({ op }) => op.tag === "input" && op.name === random.target);
  return {
    tag: "random",
    left: { name: system.names.get(node)!, indices: system.indicesOf(node).map(({ key }) => name(key)) },
    right: call(random.family, ...given.map((id) => system.shown.get(id)!.expression)),
    ...(random.weight === undefined ? {} : { weight: system.shown.get(random.weight)!.expression }),
  };
};

/** What stands between the brackets of a distribution: probabilities, not their logarithms. */
const argumentNode = ({ circuit }: Model, { family }: RandomSpec, argument: string): NodeId => {
  const { node } = circuit.outputs.find(({ role, name }) => role === "distribution" && name === argument) as Output;
  return family === "categorical" ? nodeAt(circuit, node).inputs[0]! : node;
};

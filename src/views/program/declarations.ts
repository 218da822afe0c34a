import type { TimeAxis } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import type { Initialiser, InputSpec, Model, ParameterSpec } from "../../circuit/model.ts";
import { match } from "../../match.ts";
import { name } from "../../syntax/make.ts";
import type { EquationSystem } from "../equations/system.ts";
import { leftText } from "../text.ts";

/** A line for each axis, input and parameter of a model that its equations speak of. */
export const axisTexts = (model: Model, system: EquationSystem): ReadonlyArray<string> =>
  model.axes.map((axis) => `axis ${axis.key} in ${rangeText(axis)}${untilText(model, system, axis)}`);

export const inputText = (system: EquationSystem, input: InputSpec): string => {
  const { name: own, axes, shape, symbols, positions, noise } = input;
  const left = leftText({ name: inputName(system, own), indices: axes.map(({ key }) => name(key)) });
  const length = positions?.tag === "fixed" ? positions.size : positions?.name;
  const type = length === undefined ? typeText(shape, symbols) : `position[${length}]`;
  if (noise === undefined) return `input ${left} : ${type}`;
  return `noise ${left} : ${type} ~ ${noise.distribution === "normal" ? "normal" : `bernoulli(${noise.parameter})`}`;
};

export const parameterTexts = ({ parameters }: Model, system: EquationSystem): ReadonlyArray<string> =>
  parameters.flatMap(({ path, axes, shape, initialiser, isFixed }: ParameterSpec) => {
    const called = parameterName(system, path);
    if (called === undefined) return [];
    const left = leftText({ name: called, indices: axes.map(({ key }) => name(key)) });
    const word = isFixed === true ? "fixed" : "param";
    return [`${word} ${left} : ${typeText(shape.slice(axes.length))}${initialiserText(initialiser)}`];
  });

/** What a parameter is called, if the equations speak of it. */
export const parameterName = (system: EquationSystem, path: string): string | undefined =>
  leafName(system, (op) => op.tag === "parameter" && op.path === path);

export const inputName = (system: EquationSystem, own: string): string =>
  leafName(system, (op) => op.tag === "input" && op.name === own) ?? own;

export const typeText = (shape: ReadonlyArray<number>, symbols?: number): string =>
  symbols === undefined ? (shape.length === 0 ? "R" : `R[${shape.join(",")}]`) : `symbol[${symbols}]`;

const leafName = ({ circuit: { nodes }, names }: EquationSystem, isIt: (op: Op) => boolean): string | undefined => {
  const node: NodeId = nodes.findIndex(({ op }) => isIt(op));
  return names.get(node);
};

const rangeText = ({ extent }: TimeAxis): string => {
  if (extent.tag === "fixed") return `1..${extent.size}`;
  const over = extent.over.flatMap((axis) => (axis.tag === "time" ? [axis.key] : []));
  return `1..${extent.name}${over.length === 0 ? "" : `[${over.join(",")}]`}`;
};

/** Where a sequence that is drawn ends; of a program whose targets are inputs none is drawn. */
const untilText = ({ randoms }: Model, system: EquationSystem, { key }: TimeAxis): string => {
  const ending = randoms.find(({ until }) => until?.axis.key === key);
  return ending === undefined ? "" : ` until ${inputName(system, ending.target)}[${key}] == ${ending.until!.symbol}`;
};

const initialiserText: (initialiser: Initialiser) => string = match<Initialiser, string>({
  constant: ({ value }) => ` = ${value}`,
  uniform: ({ low, high }) => ` ~ uniform(${low}, ${high})`,
  normal: ({ mean, deviation }) => ` ~ normal(${mean}, ${deviation})`,
  glorot: () => " ~ glorot",
  he: () => " ~ he",
  orthogonal: () => " ~ orthogonal",
  identity: () => " ~ identity",
  function: ({ written }) => ` ~ ${written}`,
});

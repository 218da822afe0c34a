import type { Axis, FeatureAxis, TimeAxis } from "../circuit/axis.ts";
import type { Initialiser, InputSpec, Model, ParameterSpec } from "../circuit/model.ts";
import { callableNames } from "../elaborate/functions.ts";
import { match } from "../match.ts";
import { printExpression } from "../syntax/print-expression.ts";
import { type AdjointEquations, adjointEquations } from "./adjoint.ts";
import { name } from "./equations/expressions.ts";
import type { Spell } from "./equations/naming.ts";
import type { Equation, EquationSystem } from "./equations/system.ts";
import { type ModelEquations, modelEquations, type Orders } from "./model-equations.ts";
import { leftText } from "./text.ts";

/** A program, or what stands in its equations that the language cannot say. */
export interface ProgramText {
  readonly text: string;
  readonly unwritable: ReadonlyArray<string>;
}

/** A model's equations after elaboration as a program again: no cells, no families. */
export const modelProgram = (model: Model, orders?: Orders): ProgramText => {
  const spell = identifiersFor(model);
  const equations = modelEquations(model, { spell, ...(orders === undefined ? {} : { orders }) });
  const { system } = equations;
  const outputs = model.circuit.outputs.filter(({ role }) => role === "output");
  const named = new Set(
    outputs.flatMap(({ node, name: called }) => (system.names.get(node) === spell(called, new Set()) ? [node] : [])),
  );
  return program(model, system, [
    ...model.inputs.flatMap((input) => (input.role === "target" ? [] : [inputText(system, input)])),
    ...declarations(model, system),
    ...system.boundaries.map(definition(system, new Set())),
    ...system.equations.map(definition(system, named)),
    ...aliases(
      system,
      outputs.map((output) => ({ node: output.node, name: spell(output.name, new Set()), axes: output.axes })),
    ),
    ...randomTexts(equations),
    ...(equations.minimized === undefined ? [] : [`minimize ${printExpression(equations.minimized)}`]),
  ]);
};

/** The model and its gradient as one program: what were targets are inputs, and the gradients are outputs. */
export const adjointProgram = (model: Model, orders?: Orders): ProgramText => {
  const equations: AdjointEquations = adjointEquations(model, identifiersFor(model), orders);
  const { system, gradients } = equations;
  const own = new Set(gradients.flatMap(({ node, name: called }) => (system.names.get(node) === called ? [node] : [])));
  return program(model, system, [
    ...model.inputs.map((input) => inputText(system, input)),
    ...declarations(model, system),
    ...system.boundaries.map(definition(system, new Set())),
    ...system.equations.map(definition(system, own)),
    ...aliases(
      system,
      gradients.map(({ node, name: called }) => ({ node, name: called, axes: [] })),
    ),
  ]);
};

const program = (model: Model, system: EquationSystem, lines: ReadonlyArray<string>): ProgramText => ({
  text: `model ${model.name} {\n${[...model.axes.map((axis) => `${axisText(axis)}${untilText(model, system, axis)}`), ...lines].map((line) => `  ${line}\n`).join("")}}\n`,
  unwritable: system.unwritable,
});

/** Titles as names of the language: no dots, no ∂, and none that means something else. */
const identifiersFor = ({ axes }: Model): Spell => {
  const reserved = new Set([
    ...keywords,
    ...callableNames,
    ...axes.flatMap(({ key, extent }) => [key, extent.tag === "length" ? extent.name : key]),
  ]);
  const spell: Spell = (title, taken) => {
    const text = title.replace(/^∂/, "d_").replaceAll(".", "_");
    return taken.has(text) || reserved.has(text) ? spell(`${text}_`, taken) : text;
  };
  return spell;
};

const keywords =
  "import from model cell axis input in until param noise let for output with minimize backward if then else and or not R symbol T".split(
    " ",
  );

const axisText = ({ key, extent }: TimeAxis): string => {
  if (extent.tag === "fixed") return `axis ${key} in 1..${extent.size}`;
  const over = extent.over.flatMap((axis) => (axis.tag === "time" ? [axis.key] : []));
  return `axis ${key} in 1..${extent.name}${over.length === 0 ? "" : `[${over.join(",")}]`}`;
};

/** Where a sequence that is drawn ends; of a program whose targets are inputs none is drawn. */
const untilText = ({ randoms }: Model, system: EquationSystem, { key }: TimeAxis): string => {
  const ending = randoms.find(({ until }) => until?.axis.key === key);
  const node = system.circuit.nodes.findIndex(({ op }) => op.tag === "input" && op.name === ending?.target);
  return ending === undefined
    ? ""
    : ` until ${system.names.get(node) ?? ending.target}[${key}] == ${ending.until!.symbol}`;
};

const inputText = (system: EquationSystem, { name: called, axes, shape, symbols, noise }: InputSpec): string => {
  const node = system.circuit.nodes.findIndex(({ op }) => op.tag === "input" && op.name === called);
  const shown = system.names.get(node) ?? called;
  const left = leftText({ name: shown, indices: axes.map(({ key }) => name(key)) });
  const type = typeText(shape, symbols);
  if (noise === undefined) return `input ${left} : ${type}`;
  return `noise ${left} : ${type} ~ ${noise.distribution === "normal" ? "normal" : `bernoulli(${noise.parameter})`}`;
};

const declarations = ({ parameters }: Model, system: EquationSystem): ReadonlyArray<string> =>
  parameters.flatMap(({ path, shape, initialiser }: ParameterSpec) => {
    const node = system.circuit.nodes.findIndex(({ op }) => op.tag === "parameter" && op.path === path);
    return node === -1 ? [] : [`param ${system.names.get(node)} : ${typeText(shape)}${initialiserText(initialiser)}`];
  });

const initialiserText: (initialiser: Initialiser) => string = match<Initialiser, string>({
  constant: ({ value }) => ` = ${value}`,
  uniform: ({ low, high }) => ` ~ uniform(${low}, ${high})`,
  normal: ({ mean, deviation }) => ` ~ normal(${mean}, ${deviation})`,
  glorot: () => " ~ glorot",
  he: () => " ~ he",
  orthogonal: () => " ~ orthogonal",
  identity: () => " ~ identity",
});

const typeText = (shape: ReadonlyArray<number>, symbols?: number): string =>
  symbols === undefined ? (shape.length === 0 ? "R" : `R[${shape.join(",")}]`) : `symbol[${symbols}]`;

/** A boundary or an equation, with its shape where it has one. */
const definition =
  (system: EquationSystem, outputs: ReadonlySet<number>) =>
  (equation: Equation): string => {
    const { node, labels } = equation;
    const isBoundary = system.boundaries.some((boundary) => boundary === equation);
    const type = isBoundary || labels.length === 0 ? "" : ` : ${typeText(labels.map(({ size }: FeatureAxis) => size))}`;
    const left = `${outputs.has(node) && !isBoundary ? "output " : ""}${leftText(equation)}${type}`;
    return `${left} = ${printExpression(equation.value.expression)}`;
  };

/** Outputs that are no variable of that name. */
const aliases = (
  system: EquationSystem,
  outputs: ReadonlyArray<{ readonly node: number; readonly name: string; readonly axes: ReadonlyArray<Axis> }>,
): ReadonlyArray<string> =>
  outputs.flatMap(({ node, name: called, axes }) => {
    const { axes: own } = system.circuit.nodes[node]!;
    const times = axes.length > 0 ? axes : own;
    const indices = times.flatMap((axis) => (axis.tag === "time" ? [name(axis.key)] : []));
    const value = system.shown.get(node) ?? name(system.names.get(node) ?? "0");
    return system.names.get(node) === called
      ? []
      : [`output ${leftText({ name: called, indices })} = ${printExpression(value)}`];
  });

const randomTexts = ({ model, randoms }: ModelEquations): ReadonlyArray<string> =>
  randoms.map(({ left, right }, i) => {
    const { shape, symbols } = model.inputs.find(({ name: called }) => called === model.randoms[i]!.target)!;
    return `${leftText(left)} : ${typeText(shape, symbols)} ~ ${printExpression(right)}`;
  });

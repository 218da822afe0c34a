import type { Model } from "../circuit/model.ts";
import { printExpression } from "../syntax/print-expression.ts";
import { type AdjointEquations, adjointEquations } from "./adjoint.ts";
import type { EquationSystem } from "./equations/system.ts";
import { type ModelEquations, modelEquations, type Orders } from "./model-equations.ts";
import { spokenAxes, withWritableAxes } from "./program/axis-names.ts";
import { axisTexts, inputName, inputText, parameterName, parameterTexts, typeText } from "./program/declarations.ts";
import { definitionTexts, type Result } from "./program/definitions.ts";
import { heard, identifiersFor } from "./program/names.ts";
import { drawnText, leftText } from "./text.ts";
import { asWritten } from "./written.ts";

/** A model's equations or its adjoint as a program. */
export interface ProgramText {
  readonly text: string;
  /** What stands in it that the language cannot say, if anything does: it is then for the eye, and says so at its head. */
  readonly unwritable: ReadonlyArray<string>;
  /** What the parameters and inputs of the model are called in the program. */
  readonly leaves: ReadonlyMap<string, string>;
  /** What its outputs are called, or the gradients by its parameters. */
  readonly results: ReadonlyMap<string, string>;
}

/** A model's equations after elaboration as a program again: no cells, no families. */
export const modelProgram = (given: Model, orders?: Orders): ProgramText => {
  const model = withWritableAxes(asWritten(given), identifiersFor(given));
  const spell = identifiersFor(model);
  const equations = modelEquations(model, {
    spell,
    asProgram: true,
    ...(orders === undefined ? {} : { orders }),
  });
  const { system, minimized } = equations;
  const results = model.circuit.outputs.flatMap(({ role, node, name: path, axes }) =>
    role === "output" ? [{ path, node, called: spell(path, new Set()), axes, value: system.shown.get(node)! }] : [],
  );
  return program(model, system, results, [
    ...model.inputs.flatMap((input) => (input.role === "target" ? [] : [inputText(system, input)])),
    ...parameterTexts(model, system),
    ...definitionTexts(system, spell, results),
    ...randomTexts(equations),
    ...(minimized === undefined ? [] : [`minimize ${printExpression(minimized)}`]),
  ]);
};

/** The adjoint as a program, and what each name in it stands for: `∂h.m` for `d_h_m`. */
export interface AdjointText extends ProgramText {
  readonly titles: ReadonlyMap<string, string>;
}

/** The model and its gradient as one program: what were targets are inputs, and the gradients are outputs. */
export const adjointProgram = (given: Model, orders?: Orders): AdjointText => {
  const model = withWritableAxes(given, identifiersFor(given));
  const { spell, titles } = heard(identifiersFor(model));
  const { system, gradients }: AdjointEquations = adjointEquations(model, {
    spell,
    asProgram: true,
    ...(orders === undefined ? {} : { orders }),
  });
  const results = gradients.map(({ name: called, ...gradient }) => ({ ...gradient, called }));
  const written = program({ ...model, randoms: [] }, system, results, [
    ...model.inputs.map((input) => inputText(system, input)),
    ...parameterTexts(model, system),
    ...definitionTexts(system, spell, results),
  ]);
  return { ...written, titles: titles() };
};

const program = (
  model: Model,
  system: EquationSystem,
  results: ReadonlyArray<Result & { readonly path: string }>,
  lines: ReadonlyArray<string>,
): ProgramText => ({
  text: `${system.unwritable.map((what) => `// The language has no form for ${what}, which stands below.\n`).join("")}model ${model.name} {\n${[...axisTexts({ ...model, axes: spokenAxes({ ...model, axes: [...model.axes, ...boundAxes(model, system)] }, lines) }, system), ...lines].map((line) => `  ${line}\n`).join("")}}\n`,
  unwritable: system.unwritable,
  leaves: new Map([
    ...model.parameters.map(({ path }) => [path, parameterName(system, path) ?? path] as const),
    ...model.inputs.map((input) => [input.name, inputName(system, input.name)] as const),
  ]),
  results: new Map(results.map(({ path, called }) => [path, called])),
});

/** The axes that only what is bound in an equation is called by: each as long as the one it stands for. */
const boundAxes = ({ axes }: Model, { letters }: EquationSystem): Model["axes"] =>
  [...letters].flatMap(([letter, of]) =>
    axes.filter(({ key }) => key === of).map((axis) => ({ ...axis, key: letter })),
  );

const randomTexts = ({ model, randoms }: ModelEquations): ReadonlyArray<string> =>
  randoms.map((random, i) => {
    const { shape, symbols } = model.inputs.find(({ name: called }) => called === model.randoms[i]!.target)!;
    return `${leftText(random.left)} : ${typeText(shape, symbols)} ~ ${drawnText(random)}`;
  });

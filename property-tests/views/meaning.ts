import assert from "node:assert/strict";
import type { Environment } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { type Model, trainedOf } from "../../src/circuit/model.ts";
import { mustAgree } from "../../src/property/law.ts";
import { differentiate } from "../../src/transform/differentiate.ts";
import { adjointProgram, modelProgram, type ProgramText } from "../../src/views/program-text.ts";
import { compiledProgram } from "../property/programs.ts";

/** The printed equations, read again, give the outputs and the loss of the model. */
export const equationsMeanTheModel = (model: Model, length: number): void => {
  const program = modelProgram(model);
  const found = valuesOf(program, length);
  const expected = evaluated(model, length);
  model.circuit.outputs.forEach(({ role, name }, i) => {
    if (role !== "output" && role !== "loss") return;
    const own = role === "loss" ? "loss" : program.results.get(name)!;
    mustAgree(`${name} of\n${program.text}`, found.get(own) ?? [], expected[i]!, 1e-9);
  });
};

/** The printed adjoint, read again, gives what the symbolic derivative gives. */
export const adjointMeansTheGradient = (model: Model, length: number): void => {
  if (!hasLoss(model)) return;
  const program = adjointProgram(model);
  const found = valuesOf(program, length);
  const wrt = trainedOf(model).map(({ path, shape }) => ({ tag: "parameter", path, shape }) as const);
  const derived = { ...model, circuit: differentiate({ wrt })(model.circuit) };
  const expected = evaluated(derived, length);
  derived.circuit.outputs.forEach(({ role, name }, i) => {
    if (role === "gradient")
      mustAgree(
        `the gradient by ${name} of\n${program.text}`,
        found.get(program.results.get(name)!)!,
        expected[i]!,
        1e-9,
      );
  });
};

const hasLoss = ({ circuit }: Model): boolean => circuit.outputs.some(({ role }) => role === "loss");

/** The shortest sequences at which every position exists that the model names. */
export const leastLength = ({ required }: Model): number => Math.max(0, ...required.map(({ least }) => least));

/** The outputs of a printed program, by name, given what the model it was printed from was given. */
const valuesOf = (
  { text, leaves, unwritable }: ProgramText,
  length: number,
): ReadonlyMap<string, ArrayLike<number>> => {
  assert.deepEqual(unwritable, []);
  const { elaborated } = compiledProgram(text);
  const original = new Map([...leaves].map(([own, called]) => [called, own]));
  const values = evaluated(elaborated, length, (called) => original.get(called)!);
  return new Map(elaborated.circuit.outputs.map(({ name }, i) => [name, values[i]!]));
};

const evaluated = (
  model: Model,
  length: number,
  original: (name: string) => string = (name) => name,
): ReadonlyArray<ArrayLike<number>> =>
  evaluate(model.circuit, environmentOf(model, length, original)).map(({ data }) => data);

/** Values that depend on nothing but names and places; lengths that depend on an axis differ along it. */
const environmentOf = (model: Model, length: number, original: (name: string) => string): Environment => ({
  parameters: Object.fromEntries(
    model.parameters.map(({ path, shape }) => [
      path,
      Array.from(
        { length: shape.reduce((a, b) => a * b, 1) },
        (_, i) => 0.7 * Math.sin(scatter(original(path)) + 1.7 * i),
      ),
    ]),
  ),
  inputs: Object.fromEntries(
    model.inputs.map(({ name, symbols }) => [
      name,
      (index) => {
        const place = Object.keys(index)
          .sort()
          .map((key) => `${key}${index[key]}`);
        const value = scatter(`${original(name)} ${place}`);
        return symbols === undefined ? Math.sin(value) : value % symbols;
      },
    ]),
  ),
  lengths: Object.fromEntries(
    model.axes.flatMap(({ extent }) => {
      if (extent.tag === "fixed") return [];
      const [outer] = extent.over;
      return [[extent.name, outer === undefined ? length : (at) => Math.max(0, length - (at[outer.key]! % 2))]];
    }),
  ),
});

const scatter = (text: string): number =>
  [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 100003, 7);

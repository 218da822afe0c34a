import fc from "fast-check";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { evaluateUnfolded, unfoldedGradient } from "../../src/circuit/unfold-gradient.ts";
import { chunksEqualWhole, stepEqualsForward } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import { isCuttable } from "../../src/property/stream.ts";
import { close, valuesOf } from "../circuit/compare.ts";
import { compiledProgram } from "../property/programs.ts";
import { byEverything, gradientsOf } from "../transform/gradients.ts";
import { cases, ready } from "./cases.ts";
import type { ProgramLaw } from "./laws.ts";
import { environmentOf } from "./oracle.ts";

export const webAssembly: ProgramLaw = {
  name: "WebAssembly gives what JavaScript gives: values and gradient",
  given: cases({ smooth: false }),
  holds: (given) => {
    const [one, other] = (["wasm", "js"] as const).map((target) => ready(given, { target }));
    const [found, expected] = [one!, other!].map(({ model, params, batch }) => ({
      outputs: model.forward(params, batch),
      ...model.gradient(params, batch),
    }));
    mustAgree("the loss", [found!.loss], [expected!.loss], 1e-11);
    for (const [name, { data }] of Object.entries(expected!.outputs))
      mustAgree(name, found!.outputs[name]!.data, data, 1e-11);
    for (const [path, values] of Object.entries(expected!.gradient))
      mustAgree(`the gradient by ${path}`, found!.gradient[path]!, values, 1e-10);
  },
  usual: 80,
};

export const evaluation: ProgramLaw = {
  name: "the evaluator gives what the unfolded graph gives, and the symbolic derivative what back-propagation gives",
  given: cases({ smooth: false }),
  holds: (given) => {
    const { model, params, examples } = ready(given);
    const { circuit } = model.elaborated;
    const environment = environmentOf(model, params, model.pack(examples.slice(0, 1)));
    const unfolded = unfold(circuit, environment);
    const expected = evaluateUnfolded(unfolded, environment);
    close(valuesOf(circuit, environment, evaluate(circuit, environment)).flat(), expected.flat(), 1e-12);
    const derived = gradientsOf(byEverything(circuit), environment);
    const loss = unfolded.outputs.find(({ role }) => role === "loss")!.cells[0]!.cell;
    for (const { leaf, index, gradient } of unfoldedGradient(unfolded, environment, loss))
      close([derived(leaf, index)], [gradient], 1e-10);
  },
  usual: 80,
};

export const streaming: ProgramLaw = {
  name: "a program that streams gives, step by step and in chunks, what the whole gives",
  given: cases({ smooth: false }),
  holds: ({ source, seed }) => {
    const model = compiledProgram(source);
    fc.pre(model.model.streamable !== null && isCuttable(model));
    fc.assert(stepEqualsForward(model), { numRuns: 2, seed });
    const named = model.model.required.some(({ axis }) => axis === model.model.streamable);
    if (!named) fc.assert(chunksEqualWhole(model), { numRuns: 2, seed });
  },
  usual: 40,
};

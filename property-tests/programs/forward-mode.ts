import fc from "fast-check";
import { valuesOfExample } from "../../src/property/cells.ts";
import { inner, moved } from "../../src/property/difference.ts";
import { jacobian, jvp, onlineGradient } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import { isCuttable, movingPart, stillPart } from "../../src/property/stream.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { dualOutputs } from "../oracles/dual.ts";
import { compiledProgram } from "../property/programs.ts";
import { type Case, cases, insideValues, learned, type Ready, ready, withoutStop } from "./cases.ts";
import type { ProgramLaw } from "./laws.ts";
import { environmentOf } from "./oracle.ts";

const directionOf = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [path, values.map((_, i) => Math.cos(5 * i + path.length))]),
  ) as Params;

/** Real inputs, by which results have a slope too. */
const realInputs = ({ model }: Ready["model"]): ReadonlyArray<string> =>
  model.inputs.flatMap(({ name, symbols }) => (symbols === undefined ? [name] : []));

const withInputs = (given: Case): Ready => {
  const wrt = realInputs(compiledProgram(given.source));
  return ready(given, { wrt });
};

export const forwardAndReverse: ProgramLaw = {
  name: "<J v, u> = <v, J^T u>: the slope of the loss in forward mode is its gradient times the direction, by inputs too",
  given: cases({ smooth: false }),
  holds: (given) => {
    const here = withInputs(given);
    const { model, params, batch } = here;
    const wrt = realInputs(model);
    const { gradient } = model.gradient(params, batch);
    const along = directionOf({
      ...learned(here, params),
      ...Object.fromEntries(wrt.map((name) => [name, batch.values[name]!])),
    });
    mustAgree("<v, J^T u>", [jvp(model, { wrt })(params, batch, along).loss], [inner(gradient, along)], 1e-9);
  },
  usual: 60,
};

export const forwardAndDuals: ProgramLaw = {
  name: "the slopes of outputs in forward mode are those of dual numbers, and the limits of differences",
  given: withoutStop(cases({ smooth: true, tame: true })),
  holds: (given) => {
    const { model, params, examples } = ready({ ...given, examples: 1 });
    const batch = model.pack(examples);
    const direction = directionOf(params);
    const { outputs } = jvp(model)(params, batch, direction);
    const { circuit } = model.elaborated;
    const duals = dualOutputs(circuit, environmentOf(model, params, batch), direction);
    const [above, below] = [1e-5, -1e-5].map((step) => model.forward(moved(params, direction, step), batch));
    circuit.outputs.forEach(({ role, name }, i) => {
      if (role !== "output") return;
      const found = insideValues(model.model, batch, outputs[name]!, 0);
      mustAgree(
        `${name} by dual numbers`,
        found,
        duals[i]!.map(({ slope }) => slope),
        1e-9,
      );
      const differences = above![name]!.data.map((value, at) => (value - below![name]!.data[at]!) / 2e-5);
      mustAgree(`${name} by differences`, outputs[name]!.data, differences, 1e-5);
    });
  },
  usual: 50,
};

export const jacobianOfColumns: ProgramLaw = {
  name: "a Jacobian times a direction is the slope along it, and WebAssembly gives the same",
  given: cases({ smooth: false }),
  holds: (given) => {
    const { model, params, examples } = ready({ ...given, examples: 1 });
    fc.pre(model.model.outputs.length > 0 && model.model.params.length > 0);
    const batch = model.pack(examples);
    const direction = directionOf(params);
    const whole = jacobian(model)(params, examples[0]!);
    for (const target of ["js", "wasm"] as const) {
      const { outputs } = jvp(model, { target })(params, batch, direction);
      for (const [name, blocks] of Object.entries(whole)) {
        const found = valuesOfExample(model.model, batch, outputs[name]!, 0);
        const product = found.map((_, row) =>
          Object.entries(blocks).reduce(
            (sum, [path, { columns, data }]) =>
              Array.from(direction[path]!).reduce(
                (soFar, each, column) => soFar + each * data[row * columns + column]!,
                sum,
              ),
            0,
          ),
        );
        mustAgree(name, found, product, 1e-9);
      }
    }
  },
  usual: 15,
};

export const onlineIsWhole: ProgramLaw = {
  name: "gradients step by step, by real-time recurrent learning, add up to back-propagation through the whole sequence",
  given: cases({ smooth: false }, 1),
  holds: (given) => {
    const { model, params, examples } = ready({ ...given, examples: 1 });
    fc.pre(model.model.streamable !== null && isCuttable(model) && model.model.params.length > 0);
    const online = onlineGradient(model);
    fc.pre(online !== undefined);
    const [example] = examples;
    const { loss, gradient } = model.gradient(params, model.pack(examples));
    let state = online!.start(params, stillPart(model, example!));
    let [losses, sums] = [
      0,
      Object.fromEntries(Object.entries(params).map(([path, values]) => [path, values.map(() => 0)])),
    ];
    const { length } = Object.values(movingPart(model, example!, (values) => values))[0] as ReadonlyArray<number>;
    for (let t = 0; t < length; t++) {
      const step = online!.step(
        params,
        state,
        movingPart(model, example!, (values) => values[t]!),
      );
      losses += step.loss;
      sums = Object.fromEntries(
        Object.entries(sums).map(([path, values]) => [path, values.map((sum, i) => sum + step.gradient[path]![i]!)]),
      );
      state = step.state;
    }
    mustAgree("the loss", [losses], [loss], 1e-9);
    for (const [path, values] of Object.entries(gradient)) mustAgree(path, sums[path]!, values, 1e-9);
  },
  usual: 20,
};

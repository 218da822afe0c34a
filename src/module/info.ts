import type { Axis, TimeAxis } from "../circuit/axis.ts";
import type { Output, Position } from "../circuit/circuit.ts";
import type { ComputedPosition, InputSpec, Model, NamedPosition, RandomSpec } from "../circuit/model.ts";
import type {
  ComputedPositionInfo,
  ExpectedInfo,
  ModelInfo,
  NoiseInfo,
  RandomInfo,
  ReadBack,
  RequiredPosition,
  VariableInfo,
} from "../runtime/interface.ts";
import { streamAxis } from "../transform/stream.ts";
import { optimiserRules } from "../transform/training-step.ts";
import type { Settings } from "./settings.ts";

/** What a module says about its model. */
export const modelInfo = (
  model: Model,
  { precision, optimiser }: Pick<Settings, "precision" | "optimiser">,
): ModelInfo => {
  const streamable = streamAxis(model.circuit);
  return {
    name: model.name,
    precision,
    axes: model.axes.map(({ key, extent }) => ({
      name: key,
      length: extent.tag === "fixed" ? extent.size : extent.name,
      over: extent.tag === "fixed" ? [] : timeKeys(extent.over),
    })),
    inputs: model.inputs.filter(({ role }) => role === "input").map(variableInfo),
    targets: model.inputs.filter(({ role }) => role === "target").map(targetInfo(model)),
    noises: model.inputs.flatMap(
      (input): ReadonlyArray<NoiseInfo> =>
        input.noise === undefined ? [] : [{ ...variableInfo(input), noise: input.noise }],
    ),
    params: model.parameters.map(({ path, axes, shape, initialiser, isFixed }) => ({
      path,
      ...(axes.length === 0 ? {} : { indices: axes.map(({ key }) => key) }),
      shape,
      init: initialiser,
      ...(isFixed === true ? { fixed: true } : {}),
    })),
    outputs: model.circuit.outputs.filter(({ role }) => role === "output").map(outputInfo(model)),
    ...(model.expected === undefined || model.expected.length === 0
      ? {}
      : { expected: model.expected.map(expectedInfo(model)) }),
    randoms: model.randoms.map((random) => randomInfo(random, streamable)),
    required: model.required.map(requiredPosition),
    limits: model.limits.map(({ axis, most }) => ({ axis: axis.key, most })),
    ...(model.positions.length === 0 ? {} : { positions: model.positions.map(positionInfo) }),
    ...(optimiser === undefined
      ? {}
      : { optimiser: { name: optimiser, constants: optimiserRules[optimiser].constants } }),
    streamable: streamable?.key ?? null,
    hasLoss: model.circuit.outputs.some(({ role }) => role === "loss"),
  };
};

const positionInfo = (position: ComputedPosition): ComputedPositionInfo =>
  position.tag === "given"
    ? { ...position, axis: position.axis.key }
    : {
        ...position,
        axis: position.axis.key,
        terms: position.terms.map(({ of, axis, times }) => ({ of, axis: axis.key, times })),
      };

const variableInfo = ({ name, axes, shape, symbols, positions, weighs }: InputSpec): VariableInfo => ({
  name,
  indices: axes.map(({ key }) => key),
  shape,
  ...(symbols === undefined ? {} : { symbols }),
  ...(positions === undefined ? {} : { positions: positions.tag === "fixed" ? positions.size : positions.name }),
  ...(weighs === true ? { weighs } : {}),
});

const targetInfo =
  ({ randoms }: Model) =>
  (input: InputSpec): VariableInfo => ({
    ...variableInfo(input),
    ...(randoms.some(({ target, family }) => target === input.name && family === "bernoulli") ? { truth: true } : {}),
  });

const outputInfo =
  ({ orders }: Model) =>
  ({ name, axes }: Output): VariableInfo => ({
    name,
    indices: timeKeys(orders?.get(name) ?? axes),
    shape: axes.flatMap((axis) => (axis.tag === "feature" ? [axis.size] : [])),
  });

const expectedInfo =
  ({ inputs, circuit }: Model) =>
  ({ name, of, target }: NonNullable<Model["expected"]>[number]): ExpectedInfo => ({
    ...{ name, of, target },
    indices: inputs.find((input) => input.name === target)!.axes.map(({ key }) => key),
    shape: circuit.outputs
      .find((output) => output.role === "expected" && output.name === name)!
      .axes.flatMap((axis) => (axis.tag === "feature" ? [axis.size] : [])),
  });

/** A condition on an axis that is not the one generated along never ends a sequence. */
const randomInfo = (random: RandomSpec, streamable: TimeAxis | undefined): RandomInfo => ({
  target: random.target,
  family: random.family,
  arguments: random.arguments,
  ...(random.until === undefined ? {} : { ends: { axis: random.until.axis.key, symbol: random.until.symbol } }),
  ...(random.until !== undefined && random.until.axis.key === streamable?.key ? { until: random.until.symbol } : {}),
  ...(random.reads.length === 0 ? {} : { reads: random.reads.map(readBack) }),
});

const readBack = ({ written, places }: RandomSpec["reads"][number]): ReadBack => ({
  written,
  places: places.map((place) => (place.tag === "shift" ? { by: place.by } : placeOf(place.position))),
});

const requiredPosition = ({ axis, position, least }: NamedPosition): RequiredPosition => ({
  axis: axis.key,
  ...placeOf(position),
  least,
});

const placeOf = (position: Position): Pick<RequiredPosition, "from" | "offset"> =>
  position.tag === "fromStart"
    ? { from: "start", offset: position.position }
    : { from: "end", offset: position.offset };

const timeKeys = (axes: ReadonlyArray<Axis>): ReadonlyArray<string> =>
  axes.flatMap((axis) => (axis.tag === "time" ? [axis.key] : []));

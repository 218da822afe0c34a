import type { Circuit, OutputRole } from "../circuit/circuit.ts";
import { type Model, trainedOf } from "../circuit/model.ts";
import { keptOf, withoutNothing } from "../circuit/optimisation.ts";
import type { Pass } from "../circuit/pass.ts";
import { once } from "../once.ts";
import { addBatch } from "../transform/batch.ts";
import { batchLoss, undividedLoss } from "../transform/batch-loss.ts";
import { differentiate, type Leaf, leavesOf } from "../transform/differentiate.ts";
import { givenGradients } from "../transform/given-gradients.ts";
import { type HeldStops, holdStops } from "../transform/hold-stops.ts";
import { observed } from "../transform/observed.ts";
import { circuitPasses } from "../transform/passes.ts";
import { checked } from "../transform/pipeline.ts";
import { processCircuit } from "../transform/process.ts";
import { readStates, resumable } from "../transform/resumable.ts";
import { optimiseWithout, simplifyWithout } from "../transform/simplify.ts";
import { stableForms } from "../transform/stable/stable-forms.ts";
import { startCircuit, stepCircuit } from "../transform/step.ts";
import { streamAxis } from "../transform/stream.ts";
import { trainingStep } from "../transform/training-step.ts";
import { unnormalisedDraws } from "../transform/unnormalised-draws.ts";
import type { Settings } from "./settings.ts";

/** The circuits of a module's programs, ready to be scheduled. What a model lacks is left out. */
export interface Circuits {
  readonly forward: Circuit;
  readonly loss?: Circuit;
  readonly gradient?: Circuit;
  /** The state before the first step, and one step. */
  readonly start?: Circuit;
  readonly step?: Circuit;
  /** Many steps at once. */
  readonly process?: Circuit;
  /** The gradient and a step of descent along it. */
  readonly train?: Circuit;
  /** A step of descent along a gradient that is given. */
  readonly descend?: Circuit;
}

/** What the circuits of a module depend on. */
export type CircuitSettings = Pick<Settings, "loss" | "wrt"> &
  Partial<Pick<Settings, "optimiser" | "threads" | "without">> & {
    /** Whether the streams of a step all begin at once, or each may begin anew while others go on. */
    readonly beginning?: "together" | "apart";
  };

/** The circuits of these programs, as far as the model has them. */
export const circuitsFor = (programs: ReadonlyArray<keyof Circuits>, circuits: Circuits): Partial<Circuits> =>
  Object.fromEntries(
    programs.flatMap((name) => {
      const circuit = circuits[name];
      return circuit === undefined ? [] : [[name, circuit]];
    }),
  );

export const circuitsOf = (model: Model, settings: CircuitSettings): Circuits => {
  const batched = checked([observed(model), stableForms, addBatch])(model.circuit);
  const optimise = optimiseWithout(settings.without ?? withoutNothing);
  return madeWhenRead({
    forward: () =>
      checked([...chunksOf(batched), keep("output", "expected", "state"), readStates, ...optimise])(batched),
    ...lossCircuits(model, batched, settings, optimise),
    ...streamCircuits(model, batched, settings, optimise),
  });
};

/** How each circuit is made. */
type Makers = { readonly [name in keyof Circuits]: () => NonNullable<Circuits[name]> };

/** Each is made when it is first read: most commands need few of them. */
const madeWhenRead = (makers: Makers): Circuits =>
  Object.defineProperties(
    {},
    Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, { get: once(make), enumerable: true }])),
  ) as Circuits;

/** Of a model with a loss that something in `stop` stands in: the loss with that held, and what is held. */
export const heldCircuits = (
  model: Model,
  { loss, without = withoutNothing }: CircuitSettings,
): HeldStops | undefined => {
  if (!hasLoss(model)) return undefined;
  const batched = checked([observed(model), addBatch])(model.circuit);
  const scaled = checked([keep("loss", "weight"), batchLoss(loss), ...simplifyWithout(without)])(batched);
  const apart = holdStops(scaled);
  const optimise = checked(optimiseWithout(without));
  return apart === undefined ? undefined : { values: optimise(apart.values), held: optimise(apart.held) };
};

const lossCircuits = (
  model: Model,
  batched: Circuit,
  { loss, wrt, optimiser, threads = 1, without = withoutNothing }: CircuitSettings,
  optimise: ReadonlyArray<Pass>,
): Pick<Makers, "loss" | "gradient" | "train" | "descend"> => {
  if (!hasLoss(model)) return {};
  const chunks = chunksOf(batched);
  // Threads' shares are added up before they are divided.
  const scaled = threads > 1 ? undividedLoss(loss) : batchLoss(loss);
  // Simplified before it is differentiated: the derivative of `a - logsumexp(a)` is finite where that of
  // `log(softmax(a))` is not.
  const differentiated = (inputs: ReadonlyArray<string>): ReadonlyArray<Pass> => [
    ...chunks,
    keep("loss", "weight", "state"),
    scaled,
    ...simplifyWithout(without),
    ...keptOf(circuitPasses.beforeDerivatives, without),
    gradients(trainedOf(model), inputs),
  ];
  return {
    loss: () => checked([keep("loss", "weight"), scaled, ...optimise])(batched),
    gradient: () => checked([...differentiated(wrt), ...optimise])(batched),
    ...(optimiser === undefined
      ? {}
      : {
          train: () =>
            checked([...differentiated([]), trainingStep(optimiser, matricesOf(model)), ...optimise])(batched),
          // Of what the loss depends on, as above: nothing else is remembered or decayed.
          descend: () =>
            checked([...differentiated([]), givenGradients, trainingStep(optimiser, matricesOf(model)), ...optimise])(
              batched,
            ),
        }),
  };
};

/** Made of the same circuit as the chunks, so that the states of both have the same names. */
const streamCircuits = (
  model: Model,
  batched: Circuit,
  { without = withoutNothing, beginning }: CircuitSettings,
  optimise: ReadonlyArray<Pass>,
): Pick<Makers, "start" | "step" | "process"> => {
  const axis = streamAxis(batched);
  if (axis === undefined) return {};
  const categorical = model.randoms.filter(({ family }) => family === "categorical");
  const draws = unnormalisedDraws(categorical.flatMap((random) => random.arguments));
  return {
    start: () => checked(optimise)(startCircuit(batched, axis)),
    step: () => checked([...optimise, ...keptOf([draws], without)])(stepCircuit(batched, axis, beginning)),
    process: () => checked(optimise)(processCircuit(batched, axis)),
  };
};

/** What lets sequences go on from a state, where they can. */
const chunksOf = (circuit: Circuit): ReadonlyArray<Pass> => {
  const axis = streamAxis(circuit);
  return axis === undefined ? [] : [resumable(axis)];
};

const hasLoss = ({ circuit }: Model): boolean => circuit.outputs.some(({ role }) => role === "loss");

/** What only the dropped outputs need goes when the circuit is optimised. */
const keep = (...roles: ReadonlyArray<OutputRole>): Pass => ({
  name: "keep-outputs",
  description: `drops the outputs that are no ${roles.join(" or ")}`,
  run: (circuit) => ({ ...circuit, outputs: circuit.outputs.filter(({ role }) => roles.includes(role)) }),
});

/** Whether a parameter has rows and columns at a position of its axes. */
const matricesOf = ({ parameters }: Model): ((parameter: { readonly path: string }) => boolean) => {
  const paths = new Set(parameters.flatMap(({ path, axes, shape }) => (shape.length - axes.length > 1 ? [path] : [])));
  return ({ path }) => paths.has(path);
};

const gradients = (trained: Model["parameters"], inputs: ReadonlyArray<string>): Pass => {
  const paths = new Set(trained.map(({ path }) => path));
  const isWanted = (leaf: Leaf): boolean =>
    leaf.tag === "parameter" ? paths.has(leaf.path) : inputs.includes(leaf.name);
  return {
    name: "differentiate",
    description: "adds the gradient of the loss by every parameter that is learned, and by the inputs asked for",
    run: (circuit) => differentiate({ wrt: leavesOf(circuit).filter(isWanted) })(circuit),
  };
};

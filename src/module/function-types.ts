import type { ModelInfo } from "../runtime/interface.ts";
import type { ExportName } from "./exports.ts";
import { arrayOf } from "./member-types.ts";
import { streamTypes } from "./stream-types.ts";

/** The functions of a module, each with its comment: shapes, units, errors and an example. */
export const functionTypes: { readonly [name in ExportName]: (info: ModelInfo) => string } = {
  init: () => `
/**
 * New parameters, drawn as the program says. The same seed gives the same bits on every machine.
 *
 * @param seed an integer
 * @example
 * const params = init(1);
 */
export declare const init: (seed: number) => Params;
`,
  pack: () => `
/**
 * Examples as one batch, padded to the longest of them; a padded position never changes a result.
 *
 * @param seed with one, noise is drawn from it; without, it is its mean
 * @throws RnncError that names the example, the variable and the position of what is missing, no number, of a wrong shape
 * or no symbol
 * @example
 * const batch = pack(examples);
 */
export declare const pack: (examples: ReadonlyArray<Example>, seed?: number) => Batch;
`,
  forward: ({ streamable }) => `
/**
 * All outputs. Of each, \`data\` is row-major in the order of \`shape\`: its indices as they are written, the batch, components.
 *${
   streamable === null
     ? ""
     : `
 * @param state where the sequences go on, if they are parts of longer ones
 * @returns also, as \`$state\`, the state after the batch, as far as the outputs depend on it; it is not among the
 * outputs that \`Object.entries\` lists`
 }
 * @throws RnncError for parameters${streamable === null ? " or a batch" : ", a batch or a state"} that do not fit the model
 * @example
 * const { data, shape } = forward(params, batch).NAME;
 */
export declare const forward: (${
    streamable === null
      ? "params: Params, batch: Batch) => Outputs"
      : `
  params: Params,
  batch: Batch,
  state?: State,
) => Outputs & { readonly $state: State }`
  };
`,
  loss: () => `
/**
 * The loss in nats: its mean over the examples, unless the model was compiled to give their sum or the loss per observation.
 *
 * @throws RnncError for parameters or a batch that do not fit the model
 * @example
 * const held = loss(params, batch);
 */
export declare const loss: (params: Params, batch: Batch) => number;
`,
  gradient: (info) => `
/**
 * The loss and its gradient by every parameter that is learned, each in the layout of the parameter, at the same path.
 *
 * @param state where the sequences go on, if they are parts of longer ones: truncated back-propagation through time
 * @returns also the state after the batch
 * @throws RnncError for parameters, a batch or a state that do not fit the model
 * @example
 * const { loss, gradient: d } = gradient(params, batch);
${learningLoop(info)}
 */
export declare const gradient: (
  params: Params,
  batch: Batch,
  state?: State,
) => { readonly loss: number; readonly gradient: Gradient; readonly state: State };
`,
  start: () => `
/**
 * The state before the first step.
 *
 * @param context what does not change from step to step; a list of them for several sequences side by side
 * @throws RnncError if the model cannot be stepped, or the context does not fit it
 * @example
 * let state = start(params);
 */
export declare const start: (params: Params, context?: OneOrMany<Partial<Example>>) => State;
`,
  step: () => `
/**
 * One position: its outputs, and the state after it. The state that was given stays as it is.
 *
 * @throws RnncError for parameters, a state or an input that do not fit the model
 * @example
 * const { state: next, output } = step(params, state, input);
 */
export declare const step: (
  params: Params,
  state: State,
  input: Step,
) => { readonly state: State; readonly output: StepOutput };
`,
  stream: streamTypes,
  generate: () => `
/**
 * Draws from the model, position by position; each value that was drawn is read at the next ones.
 *
 * @throws RnncError if the model cannot be stepped, or for options that do not fit it
 * @example
 * const { values } = generate(params, { length: 20, seed: 1 });
 */
export declare const generate: (params: Params, options: GenerateOptions) => Generated;
`,
  search: () => `
/**
 * Finds the most probable sequences, by a beam that goes on from so many of the best beginnings; \`keep\` of them for each
 * sequence, best first, with their log-probabilities. It is what \`generate\` does with a beam.
 *
 * @throws RnncError if the model cannot be stepped, or for options that do not fit it
 * @example
 * const { values, logProbabilities } = search(params, { beam: 4, length: 20, lengthPenalty: 0.6 });
 */
export declare const search: (params: Params, options: GenerateOptions & { readonly beam: number }) => Generated;
`,
  /** A module without an optimiser does not say that it trains. */
  trainer: ({ optimiser, ...info }) =>
    optimiser === undefined
      ? ""
      : `
/** What a training needs beside its parameters to go on. */
export interface TrainerState {
  readonly optimiser: ${JSON.stringify(optimiser.name)};
  /** How many steps were done. */
  readonly step: number;
  readonly memories: Readonly<Record<string, ${arrayOf(info)}>>;
}

/**
 * Begins a training by ${optimiser.name} from copies of the parameters, which then stay where the compiled step has them.
 *
 * \`rate\` is the step size. The gradient is multiplied by \`scale\`, shortened to the norm \`clip\`, and bounded in every
 * element by \`clipValue\`; \`norm\` is that of the scaled gradient before it is clipped. A training that is given the
 * parameters and the state of another goes on to the same bits.
 *
 * @throws RnncError for parameters, a state, a batch or options that do not fit; the training is then as it was before
 * @example
 * const training = trainer(init(1));
 * const { loss, norm } = training.step(batch, { rate: 0.01, clip: 5 });
 * const resumed = trainer(training.params(), {}, { state: training.state() });
 */
export declare const trainer: (
  params: Params,
  constants?: { ${Object.keys(optimiser.constants)
    .map((name) => `readonly ${name}?: number;`)
    .join(" ")} },
  options?: { readonly state?: TrainerState | undefined${"weightDecay" in optimiser.constants ? '; readonly weightDecayOf?: "all" | "matrices" | undefined' : ""} },
) => {
  readonly step: (
    batch: Batch,
    options: {
      readonly rate: number;
      readonly scale?: number;
      readonly clip?: number;
      readonly clipValue?: number;
      readonly state?: State | undefined;
    },
  ) => { readonly loss: number; readonly norm: number; readonly state: State };
  /** A step along a gradient from elsewhere, such as the sum of several batches'; needs the export \`gradient\`. */
  readonly descend: (
    gradient: Gradient,
    options: { readonly rate: number; readonly scale?: number; readonly clip?: number; readonly clipValue?: number },
  ) => { readonly norm: number };
  /** Of the last step's scaled gradient, by the path of each parameter; none once another training has stepped. */
  readonly norms: () => Readonly<Record<string, number>>;
  readonly params: () => Params;
  readonly state: () => TrainerState;
};
`,
};

/** A step down the gradient, as it type-checks too: what is fixed has none. */
const learningLoop = ({ params }: ModelInfo): string =>
  params.some(({ fixed }) => fixed === true)
    ? ` * for (const parameter of model.params)
 *   if (parameter.fixed !== true) {
 *     const { path } = parameter;
 *     params[path].forEach((_, i) => { params[path][i] -= 0.1 * d[path][i]; });
 *   }`
    : " * for (const { path } of model.params) params[path].forEach((_, i) => { params[path][i] -= 0.1 * d[path][i]; });";

import { gainName, slopeName } from "../circuit/own-names.ts";
import { type Compiled, compileModel } from "../compile.ts";
import { settingsOf } from "../module/settings.ts";
import type { Example, Params, State } from "../runtime/interface.ts";
import { onlineModel } from "../transform/forward/models.ts";
import { byMovable, parameterMovable, unitExamples } from "./columns.ts";
import type { ForwardOptions } from "./forward-mode.ts";

/** A gradient step by step. The state holds, beside the model's own, how each parameter has moved it so far. */
export interface OnlineGradient {
  /** Inputs that do not lie along the axis are the context. */
  readonly start: (params: Params, context?: Example) => State;
  /** Of what the loss gains at the next position, with the inputs and targets there. */
  readonly step: (
    params: Params,
    state: State,
    input: Example,
  ) => { readonly loss: number; readonly gradient: Params; readonly state: State };
}

/**
 * Real-time recurrent learning (Williams and Zipser 1989), exact and for small models: the influence of every parameter on
 * the state goes forward with it, so the gradient of each step reaches back to the first one, without anything kept of
 * the steps between. Its sum over a sequence is the gradient by back-propagation through all of it. It costs a stream
 * for each parameter element. Undefined for a model that looks ahead, or whose loss is no sum over the axis it
 * streams along.
 */
export const onlineGradient = (
  { elaborated, model }: Pick<Compiled, "elaborated" | "model">,
  { target, precision = "f64" }: Omit<ForwardOptions, "wrt"> = {},
): OnlineGradient | undefined => {
  const axis = elaborated.axes.find(({ key }) => key === model.streamable);
  const online = axis === undefined ? undefined : onlineModel(elaborated, axis);
  if (online === undefined) return undefined;
  const compiled = compileModel(settingsOf({ precision, ...(target === undefined ? {} : { target }) }))(online);
  const movables = elaborated.parameters.map(({ path, shape }) => parameterMovable(path, shape));
  const units = unitExamples(movables);
  const forEach = (input: Example): Example =>
    Object.fromEntries(Object.entries(input).map(([name, value]) => [name, units.map(() => value)]));
  return {
    start: (params, context = {}) =>
      compiled.start(
        params,
        units.map((unit) => ({ ...context, ...unit })),
      ),
    step: (params, state, input) => {
      const { output, state: next } = compiled.step(params, state, forEach(input));
      return { loss: output[gainName]![0]!, gradient: byMovable(movables, output[slopeName]!), state: next };
    },
  };
};

import type { Params, TrainerState, Values } from "../../src/runtime/interface.ts";
import { mapParams, norm } from "../../src/train/tensors.ts";
import type { OptimiserName } from "../../src/transform/training-step.ts";

/**
 * Steps of descent as their papers write them, on plain arrays: what the compiled step is measured against. It knows
 * nothing of circuits.
 */
type Constants = Readonly<Record<string, number>>;
type Update = (
  constants: Constants,
  rate: number,
  step: number,
) => (x: number, dx: number, memories: ReadonlyArray<number>) => { x: number; memories: ReadonlyArray<number> };

export interface Limits {
  readonly scale?: number;
  readonly clip?: number;
  readonly clipValue?: number;
}

/** A gradient scaled, shortened to the greatest norm, and then bounded in every element. */
export const clippedPlainly = (
  { scale = 1, clip = Number.POSITIVE_INFINITY, clipValue = Number.POSITIVE_INFINITY }: Limits,
  gradient: Params,
): Params => {
  const whole = mapParams(gradient, (values) => values.map((value) => value * scale) as Values);
  const factor = norm(whole) > clip ? clip / norm(whole) : 1;
  return mapParams(
    whole,
    (values) => values.map((value) => Math.max(-clipValue, Math.min(clipValue, factor * value))) as Values,
  );
};

export const nothingRemembered = (name: OptimiserName, params: Params): TrainerState["memories"] =>
  Object.fromEntries(
    Object.entries(params).flatMap(([path, values]) =>
      Array.from({ length: memoryCount[name] }, (_, k) => [`$memory.${k}.${path}`, values.map(() => 0) as Values]),
    ),
  );

export interface Descent {
  readonly params: Params;
  readonly memories: TrainerState["memories"];
}

/** One step, which counts from 1. */
export const descendPlainly = (
  { name, constants }: { readonly name: OptimiserName; readonly constants: Constants },
  rate: number,
  step: number,
  { params, memories }: Descent,
  gradient: Params,
): Descent => {
  const after = { params: mapParams(params, copy), memories: mapParams(memories, copy) };
  const update = updates[name](constants, rate, step);
  for (const [path, values] of Object.entries(after.params)) {
    const remembered = Array.from({ length: memoryCount[name] }, (_, k) => after.memories[`$memory.${k}.${path}`]!);
    values.forEach((x, i) => {
      const moved = update(
        x,
        gradient[path]![i]!,
        remembered.map((memory) => memory[i]!),
      );
      values[i] = moved.x;
      remembered.forEach((memory, k) => {
        memory[i] = moved.memories[k]!;
      });
    });
  }
  return after;
};

const copy = (values: Values): Values => values.slice() as Values;

const memoryCount: { readonly [N in OptimiserName]: number } = {
  sgd: 0,
  momentum: 1,
  adagrad: 1,
  rmsprop: 1,
  adam: 2,
  adamw: 2,
};

const adam: Update =
  ({ beta1, beta2, epsilon }, rate, step) =>
  (x, dx, [before, squaresBefore]) => {
    const m = beta1! * before! + (1 - beta1!) * dx;
    const v = beta2! * squaresBefore! + (1 - beta2!) * dx * dx;
    const direction = m / (1 - beta1! ** step) / (Math.sqrt(v / (1 - beta2! ** step)) + epsilon!);
    return { x: x - rate * direction, memories: [m, v] };
  };

const updates: { readonly [N in OptimiserName]: Update } = {
  sgd: (_, rate) => (x, dx) => ({ x: x - rate * dx, memories: [] }),
  momentum:
    ({ decay }, rate) =>
    (x, dx, [before]) => {
      const v = decay! * before! + dx;
      return { x: x - rate * v, memories: [v] };
    },
  adagrad:
    ({ epsilon }, rate) =>
    (x, dx, [before]) => {
      const s = before! + dx * dx;
      return { x: x - (rate * dx) / (Math.sqrt(s) + epsilon!), memories: [s] };
    },
  rmsprop:
    ({ decay, epsilon }, rate) =>
    (x, dx, [before]) => {
      const s = decay! * before! + (1 - decay!) * dx * dx;
      return { x: x - (rate * dx) / (Math.sqrt(s) + epsilon!), memories: [s] };
    },
  adam,
  adamw: (constants, rate, step) => (x, dx, memories) => {
    const after = adam(constants, rate, step)(x, dx, memories);
    return { ...after, x: after.x - rate * constants.weightDecay! * x };
  },
};

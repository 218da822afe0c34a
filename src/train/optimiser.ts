import * as t from "io-ts";
import type { Params, Values } from "../runtime/interface.ts";
import { mapParams, zerosLike } from "./tensors.ts";

/** A rule of descent as data. All take the learning rate from the schedule. */
export const Optimiser = t.union([
  t.readonly(t.type({ tag: t.literal("sgd") })),
  t.readonly(t.type({ tag: t.literal("momentum"), decay: t.number })),
  t.readonly(t.type({ tag: t.literal("adagrad"), epsilon: t.number })),
  t.readonly(t.type({ tag: t.literal("rmsprop"), decay: t.number, epsilon: t.number })),
  t.readonly(t.type({ tag: t.literal("adam"), beta1: t.number, beta2: t.number, epsilon: t.number })),
]);
export type Optimiser = t.TypeOf<typeof Optimiser>;
export type OptimiserName = Optimiser["tag"];

/** Each optimiser with the constants of its paper. */
export const optimisers: { readonly [N in OptimiserName]: Extract<Optimiser, { tag: N }> } = {
  sgd: { tag: "sgd" },
  momentum: { tag: "momentum", decay: 0.9 },
  adagrad: { tag: "adagrad", epsilon: 1e-8 },
  rmsprop: { tag: "rmsprop", decay: 0.9, epsilon: 1e-8 },
  adam: { tag: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};

/** What an optimiser remembers of earlier gradients: each memory has the shape of the parameters. */
export type Memories = ReadonlyArray<Params>;

export const noMemories = (optimiser: Optimiser, params: Params): Memories =>
  Array.from({ length: memoryCount[optimiser.tag] }, () => mapParams(params, zerosLike));

export interface Descent {
  readonly params: Params;
  readonly memories: Memories;
}

/** One step of descent: new parameters and memories; `step` counts from 1. */
export const descend = (
  optimiser: Optimiser,
  rate: number,
  step: number,
  { params, memories }: Descent,
  gradient: Params,
): Descent => {
  const x = mapParams(params, copy);
  const m = memories.map((memory) => mapParams(memory, copy));
  const update = updates[optimiser.tag](optimiser as never, rate, step);
  for (const path of Object.keys(params)) {
    update(
      x[path]!,
      gradient[path]!,
      m.map((memory) => memory[path]!),
    );
  }
  return { params: x, memories: m };
};

const copy = (values: Values): Values => values.slice() as Values;

const memoryCount: { readonly [N in OptimiserName]: number } = {
  sgd: 0,
  momentum: 1,
  adagrad: 1,
  rmsprop: 1,
  adam: 2,
};

/** Changes x and the memories of one parameter in place, given the gradient dx. */
type Update = (x: Values, dx: Values, memories: ReadonlyArray<Values>) => void;

const updates: {
  readonly [N in OptimiserName]: (constants: Extract<Optimiser, { tag: N }>, rate: number, step: number) => Update;
} = {
  sgd: (_, rate) => (x, dx) => {
    for (let i = 0; i < x.length; i++) x[i]! -= rate * dx[i]!;
  },
  // Polyak 1964: v = decay v + dx; x = x - rate v.
  momentum:
    ({ decay }, rate) =>
    (x, dx, [v]) => {
      for (let i = 0; i < x.length; i++) {
        v![i] = decay * v![i]! + dx[i]!;
        x[i]! -= rate * v![i]!;
      }
    },
  // Duchi, Hazan and Singer 2011.
  adagrad:
    ({ epsilon }, rate) =>
    (x, dx, [s]) => {
      for (let i = 0; i < x.length; i++) {
        s![i]! += dx[i]! * dx[i]!;
        x[i]! -= (rate * dx[i]!) / (Math.sqrt(s![i]!) + epsilon);
      }
    },
  // Tieleman and Hinton 2012.
  rmsprop:
    ({ decay, epsilon }, rate) =>
    (x, dx, [s]) => {
      for (let i = 0; i < x.length; i++) {
        s![i] = decay * s![i]! + (1 - decay) * dx[i]! * dx[i]!;
        x[i]! -= (rate * dx[i]!) / (Math.sqrt(s![i]!) + epsilon);
      }
    },
  // Kingma and Ba 2015, algorithm 1.
  adam: ({ beta1, beta2, epsilon }, rate, step) => {
    const first = 1 - wholePower(beta1, step);
    const second = 1 - wholePower(beta2, step);
    return (x, dx, [m, v]) => {
      for (let i = 0; i < x.length; i++) {
        m![i] = beta1 * m![i]! + (1 - beta1) * dx[i]!;
        v![i] = beta2 * v![i]! + (1 - beta2) * dx[i]! * dx[i]!;
        x[i]! -= (rate * (m![i]! / first)) / (Math.sqrt(v![i]! / second) + epsilon);
      }
    };
  },
};

/** By multiplication alone, so that it is the same number on every machine, which `Math.pow` is not. */
const wholePower = (base: number, exponent: number): number =>
  exponent === 0 ? 1 : wholePower(base * base, Math.floor(exponent / 2)) * (exponent % 2 === 1 ? base : 1);

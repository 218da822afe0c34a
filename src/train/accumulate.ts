import type { Cursor, Feed } from "../data/feed.ts";
import type { CompiledModel, Gradient, State, Values } from "../runtime/interface.ts";
import { lossPerValue, sharesOf } from "./evaluate.ts";
import type { Settings } from "./settings.ts";

/** What several batches give together. */
export interface Accumulated {
  /** As that of one batch of all their examples. */
  readonly gradient: Gradient;
  /** What a loss of that batch is multiplied by to be that of a predicted value. */
  readonly perValue: number;
  /** In nats per predicted value, of which there are so many. */
  readonly loss: number;
  readonly values: number;
  readonly carried: State | null;
  readonly next: Cursor;
}

interface Sum {
  readonly gradient: Readonly<Record<string, Float64Array>>;
  readonly loss: number;
  readonly examples: number;
  readonly values: number;
  readonly cursor: Cursor;
  readonly carried: State | null;
}

/** The gradient of `accumulate` batches one after the other, summed in double precision in their order. */
export const gradientOfBatches =
  (compiled: CompiledModel, { accumulate = 1, loss: scale, seed }: Settings, feed: Feed) =>
  (begun: {
    readonly step: number;
    readonly params: CompiledParams;
    readonly cursor: Cursor;
    readonly carried: State | null;
  }): Accumulated => {
    const add = (sum: Sum, part: number): Sum => {
      const { examples, values, continues, next } = feed(sum.cursor);
      const batch = compiled.pack(examples, noiseSeed(seed, begun.step + 1, part));
      const found = compiled.gradient(begun.params, batch, (continues && sum.carried) || undefined);
      const shares = sharesOf(scale, examples.length, values);
      return {
        gradient: added(sum.gradient, found.gradient, shares),
        loss: sum.loss + found.loss * shares,
        examples: sum.examples + examples.length,
        values: sum.values + values,
        cursor: next,
        carried: found.state,
      };
    };
    const nothing: Sum = {
      gradient: {},
      loss: 0,
      examples: 0,
      values: 0,
      cursor: begun.cursor,
      carried: begun.carried,
    };
    const sum = Array.from({ length: accumulate }, (_, part) => part).reduce(add, nothing);
    const shares = sharesOf(scale, sum.examples, sum.values);
    const perValue = lossPerValue(scale, sum.examples, sum.values);
    return {
      gradient: inPrecision(compiled, sum.gradient, shares),
      perValue,
      loss: (sum.loss / shares) * perValue,
      values: sum.values,
      carried: sum.carried,
      next: sum.cursor,
    };
  };

type CompiledParams = Parameters<CompiledModel["gradient"]>[0];

const added = (sum: Sum["gradient"], gradient: Gradient, shares: number): Sum["gradient"] =>
  Object.fromEntries(
    Object.entries(gradient).map(([path, values]) => [
      path,
      Float64Array.from(values, (value, i) => (sum[path]?.[i] ?? 0) + value * shares),
    ]),
  );

const inPrecision = ({ model }: CompiledModel, sum: Sum["gradient"], shares: number): Gradient =>
  Object.fromEntries(
    Object.entries(sum).map(([path, values]): readonly [string, Values] => {
      const mean = values.map((value) => value / shares);
      return [path, model.precision === "f32" ? Float32Array.from(mean) : mean];
    }),
  );

/** Noise is drawn afresh in every batch of every step, and the same when the step is done again. */
export const noiseSeed = (seed: number, step: number, part: number): number =>
  (seed ^ Math.imul(step, 0x9e3779b1) ^ Math.imul(part, 0x85ebca6b)) >>> 0;

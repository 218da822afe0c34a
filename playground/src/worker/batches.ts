import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Compiled } from "../../../src/compile.ts";
import type { Batch, Example } from "../../../src/runtime/interface.ts";
import type { TrainingSettings } from "../protocol.ts";

/** Batches without end, drawn from the seed; noise is drawn anew for each. All examples at once where they are no more. */
export const batchesOf = (
  { pack, model }: Compiled,
  examples: ReadonlyArray<Example>,
  { batch, seed }: Pick<TrainingSettings, "batch" | "seed">,
): (() => Batch) => {
  const generator = xoroshiro128plus(seed);
  const drawn = (): number => uniformInt(generator, 0, 0x3fffffff);
  if (examples.length <= batch && model.noises.length === 0) {
    const whole = pack(examples);
    return () => whole;
  }
  const picked = (): ReadonlyArray<Example> =>
    examples.length <= batch
      ? examples
      : Array.from({ length: batch }, () => examples[uniformInt(generator, 0, examples.length - 1)]!);
  return () => pack(picked(), drawn());
};

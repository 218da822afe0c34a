import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import type { CCase } from "./c-driver.ts";
import { randomStreams } from "./c-streams.ts";

/** A model on a batch of random examples, and on streams where it steps. */
export const exampleCase = (compiled: Compiled, seed: number): CCase => {
  const generator = xoroshiro128plus(seed);
  const examples = [1, 2, 3].map(() => randomExample(compiled.model, generator, { least: 1, greatest: 5 }));
  const batch = compiled.pack(examples);
  return { compiled, params: compiled.init(seed), batch, streams: randomStreams(compiled, generator) };
};

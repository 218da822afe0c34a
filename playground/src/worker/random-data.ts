import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../../src/check/random-example.ts";
import type { Dataset } from "../dataset.ts";
import type { Given } from "../protocol.ts";
import { rightProgram } from "./compiled.ts";

/** Examples that a model accepts and that mean nothing: it can learn them by heart. */
export const randomData = ({ seed, ...program }: Given<"randomData">): Dataset => {
  const { model } = rightProgram(program);
  const generator = xoroshiro128plus(seed);
  const range = { least: 2, greatest: 6 };
  return { examples: Array.from({ length: 8 }, () => randomExample(model, generator, range)), words: {} };
};

import { toldNames } from "../data/coding/decode.ts";
import type { Facts } from "../data/served/facts.ts";
import type { Compiled } from "../module/compiled.ts";
import { generationOf } from "../module/generation.ts";
import type { Serving } from "./run-declaration.ts";

/** What a compiled model can be asked in the terms of its data: what it predicts if it tells anything, what it draws step by step. */
export const servingOf = ({ model, elaborated, circuits }: Compiled, { vocabulary, declared }: Facts): Serving => ({
  predicts: vocabulary === null && toldNames(model, declared).length > 0,
  draws: generationOf(elaborated, circuits.step)?.rounds.flat(),
});

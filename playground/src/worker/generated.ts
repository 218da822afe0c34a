import type { Compiled } from "../../../src/compile.ts";
import type { Example, Params } from "../../../src/runtime/interface.ts";
import type { Words } from "../dataset.ts";
import { flatValues, spelled } from "./spelled.ts";

/**
 * What a model draws by itself, from the inputs of an example: its own values are fed back. Nothing of a model that cannot
 * generate, as one that looks ahead.
 */
export const generatedText = (
  { model, generate }: Compiled,
  params: Params,
  example: Example,
  words: Words,
): ReadonlyArray<string> => {
  const targets = new Set(model.targets.map(({ name }) => name));
  const along = model.randoms.flatMap(({ target }) =>
    model.targets.filter(({ name, indices }) => name === target && indices.length === 1),
  );
  if (along.length === 0) return [];
  const inputs = Object.fromEntries(Object.entries(example).filter(([name]) => !targets.has(name)));
  const length = Math.max(...along.map(({ name }) => flatValues(example[name]).length));
  try {
    const { values } = generate(params, { length, seed: 1, inputs });
    return along.map(({ name }) => `${name} drawn freely: ${spelled((values[name]?.[0] ?? []).flat(), words[name])}`);
  } catch {
    return [];
  }
};

import type { Compiled } from "../../../src/compile.ts";
import type { Example, Generated, Params } from "../../../src/runtime/interface.ts";
import { flatValues } from "./spelled.ts";

/**
 * What a model draws by itself from the inputs of an example, fed its own values, as far as the example reaches. Nothing of a
 * model that cannot generate, as one that looks ahead or has no target along an axis.
 */
export const drawnFreely = (
  { model, generate }: Compiled,
  params: Params,
  example: Example,
): Generated["values"] | undefined => {
  const targets = new Set(model.targets.map(({ name }) => name));
  const along = model.targets.filter(({ indices }) => indices.length === 1);
  if (along.length === 0) return undefined;
  const inputs = Object.fromEntries(Object.entries(example).filter(([name]) => !targets.has(name)));
  const length = Math.max(...along.map(({ name }) => flatValues(example[name]).length));
  try {
    return generate(params, { length, seed: 1, inputs }).values;
  } catch {
    return undefined;
  }
};

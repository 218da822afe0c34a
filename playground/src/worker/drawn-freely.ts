import type { Compiled } from "../../../src/compile.ts";
import type { Example, Generated, Params } from "../../../src/runtime/interface.ts";
import { flatValues } from "./spelled.ts";

/**
 * What a model draws by itself from the inputs of an example, fed its own values: as far as these reach, or `most`. Nothing of
 * a model that cannot generate, as one that looks ahead or has no target along an axis.
 */
export const drawnFreely = (
  { model, generate }: Compiled,
  params: Params,
  example: Example,
  { seed, most }: { readonly seed: number; readonly most: number },
): Generated["values"] | undefined => {
  const targets = new Set(model.targets.map(({ name }) => name));
  const along = model.targets.filter(({ indices }) => indices.length === 1);
  if (along.length === 0) return undefined;
  const inputs = Object.fromEntries(Object.entries(example).filter(([name]) => !targets.has(name)));
  const axes = along.flatMap(({ indices }) => indices);
  const isBound = model.inputs.some(({ indices }) => indices.some((axis) => axes.includes(axis)));
  const length = isBound ? lengthOf(along, example) : most;
  try {
    return generate(params, { length, seed, inputs }).values;
  } catch {
    return undefined;
  }
};

const lengthOf = (along: Compiled["model"]["targets"], example: Example): number =>
  Math.max(0, ...along.map(({ name }) => flatValues(example[name]).length));

/** How long the longest target of some examples is. */
export const longestOf = ({ model }: Compiled, examples: ReadonlyArray<Example>): number =>
  Math.max(
    0,
    ...examples.map((example) =>
      lengthOf(
        model.targets.filter(({ indices }) => indices.length === 1),
        example,
      ),
    ),
  );

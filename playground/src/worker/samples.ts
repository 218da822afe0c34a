import type { NodeId } from "../../../src/circuit/circuit.ts";
import type { Compiled } from "../../../src/compile.ts";
import type { Example, Params } from "../../../src/runtime/interface.ts";
import type { Words } from "../dataset.ts";
import type { Sample } from "../protocol.ts";
import { drawnFreely } from "./drawn-freely.ts";
import { modesOf, type Predicted } from "./predictions.ts";
import { flatValues, spelled } from "./spelled.ts";

/** An example, what is computed of it, and what is drawn beside it. */
interface Looked {
  readonly example: Example;
  readonly values: ReadonlyMap<NodeId, ReadonlyArray<number>>;
  readonly words: Words;
  readonly seed: number;
  readonly most: number;
}

/** What a model makes of an example, target by target. */
export const samplesOf = (
  compiled: Compiled,
  predicted: ReadonlyArray<Predicted>,
  params: Params,
  { example, values, words, ...drawing }: Looked,
): ReadonlyArray<Sample> => {
  const given = compiled.model.inputs
    .filter(({ shape, indices }) => shape.length === 0 && indices.length <= 1)
    .map(({ name }) => `${name} = ${spelled(flatValues(example[name]), words[name])}`)
    .join(", ");
  const drawn = drawnFreely(compiled, params, example, drawing);
  return predicted.map((each) => {
    const { target, node } = each;
    const wanted = flatValues(example[target]);
    const own = drawn?.[target]?.[0]?.flat();
    return {
      given,
      target,
      wanted: spelled(wanted, words[target]),
      predicted: spelled(modesOf(each, values.get(node)!, wanted.length), words[target]),
      drawn: own === undefined ? null : spelled(own, words[target]),
    };
  });
};

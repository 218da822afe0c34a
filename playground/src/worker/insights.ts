import type { Compiled } from "../../../src/compile.ts";
import { valuesAt } from "../../../src/flow/values.ts";
import type { Example, Params } from "../../../src/runtime/interface.ts";
import type { Orders } from "../../../src/views/model-equations.ts";
import type { Words } from "../dataset.ts";
import type { Insights } from "../protocol.ts";
import { spread } from "../spread.ts";
import { longestOf } from "./drawn-freely.ts";
import { heatMap, mappedOf } from "./maps.ts";
import { predictedOf } from "./predictions.ts";
import { samplesOf } from "./samples.ts";

/** So many milliseconds lie between two looks at least. */
const pause = 400;
const mostExamples = 5;

/** What a model does so far with some examples, looked at every now and then, and at the end. */
export const insightsOf = (
  compiled: Compiled,
  orders: Orders,
  examples: ReadonlyArray<Example>,
  words: Words,
): ((params: Params, isLast: boolean) => Insights | null) => {
  const model = compiled.elaborated;
  const predicted = predictedOf(model);
  const mapped = mappedOf(model, orders);
  const nodes = [...predicted, ...mapped].map(({ node }) => node);
  const read = valuesAt(model, nodes);
  const looked = spread(examples, mostExamples);
  const most = longestOf(compiled, examples);
  let last = Number.NEGATIVE_INFINITY;
  return (params, isLast) => {
    if (!isLast && performance.now() - last < pause) return null;
    last = performance.now();
    const inDoubles = Object.fromEntries(
      Object.entries(params).map(([path, values]) => [path, Float64Array.from(values)]),
    );
    const found = looked.map((example, i) => ({ example, values: read(inDoubles, example), words, seed: i + 1, most }));
    return {
      params: inDoubles,
      samples: found.flatMap((each) => samplesOf(compiled, predicted, params, each)),
      maps: found
        .slice(0, 1)
        .flatMap(({ example, values }) =>
          mapped.flatMap((each) => heatMap(each, values.get(each.node)!, { model, example, words })),
        ),
    };
  };
};

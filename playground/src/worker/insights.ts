import type { Compiled } from "../../../src/compile.ts";
import { valuesAt } from "../../../src/flow/values.ts";
import type { Example, Params } from "../../../src/runtime/interface.ts";
import type { Words } from "../dataset.ts";
import type { Insights } from "../protocol.ts";
import { generatedText } from "./generated.ts";
import { heatMap, mappedOf } from "./maps.ts";
import { predictedOf, predictionText } from "./predictions.ts";

/** So many milliseconds lie between two looks at least. */
const pause = 400;
const mostExamples = 4;

/** What a model does so far with some examples, looked at every now and then, and at the end. */
export const insightsOf = (
  compiled: Compiled,
  examples: ReadonlyArray<Example>,
  words: Words,
): ((params: Params, isLast: boolean) => Insights | null) => {
  const model = compiled.elaborated;
  const predicted = predictedOf(model);
  const mapped = mappedOf(model);
  const read = valuesAt(
    model,
    [...predicted, ...mapped].map(({ node }) => node),
  );
  const looked = examples.slice(0, mostExamples);
  let last = Number.NEGATIVE_INFINITY;
  return (params, isLast) => {
    if (!isLast && performance.now() - last < pause) return null;
    last = performance.now();
    const doubled = Object.fromEntries(
      Object.entries(params).map(([path, values]) => [path, Float64Array.from(values)]),
    );
    const found = looked.map((example) => ({ example, values: read(doubled, example) }));
    return {
      params: doubled,
      samples: found.flatMap(({ example, values }) => [
        ...predicted.map((each) => predictionText(each, values.get(each.node)!, example, words)),
        ...generatedText(compiled, params, example, words),
      ]),
      maps: found
        .slice(0, 1)
        .flatMap(({ example, values }) =>
          mapped.flatMap((each) => heatMap(each, values.get(each.node)!, model, example, words)),
        ),
    };
  };
};

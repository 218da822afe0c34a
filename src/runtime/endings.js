import { asNested, listAt, pathText } from "./nested.js";
import { describeValue, refusal } from "./refusal.js";
import { entryAt, ownValue } from "./values.js";

/** @import { Example, ModelInfo, RandomInfo } from "./interface.ts" */

/**
 * `axis i in 1..N until y[i] == eos`: the data end where a sequence does, or before it. What stood after the symbol would
 * count in the loss, and could never be generated.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<Example>} examples
 * @param {(example: number) => string} nameExample
 */
export function checkEndings(model, examples, nameExample) {
  for (const random of model.randoms) {
    const { target, ends } = random;
    const info = model.targets.find(({ name }) => name === target);
    if (ends === undefined || info === undefined) continue;
    const depth = info.indices.indexOf(ends.axis);
    examples.forEach((example, b) => {
      const where = () => `${nameExample(b)}.${target}`;
      const given = ownValue(example, target);
      if (given !== undefined && given !== null && depth >= 0) checkEnd(asNested(given, where), depth, ends, where, []);
    });
  }
}

/**
 * @param {unknown} value
 * @param {number} depth of the axis that ends, below this level
 * @param {NonNullable<RandomInfo["ends"]>} ends
 * @param {() => string} root
 * @param {ReadonlyArray<number>} path
 */
function checkEnd(value, depth, ends, root, path) {
  const list = listAt(value, () => pathText(root(), path), "an array");
  if (depth > 0) {
    for (let i = 0; i < list.length; i += 1) checkEnd(list[i], depth - 1, ends, root, [...path, i]);
    return;
  }
  for (let i = 0; i < list.length - 1; i += 1)
    if (entryAt(list, i) === ends.symbol)
      throw refusal(
        pathText(root(), [...path, i + 1]),
        `nothing after the symbol ${ends.symbol} at [${i}], which ends axis ${ends.axis}`,
        describeValue(list[i + 1]),
      );
}

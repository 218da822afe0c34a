import { axesNamed, eachCell, extentIn } from "./frame.js";
import { checkSeed, newGenerator } from "./generator.js";
import { entryAt, newValues, productOf } from "./values.js";

/** @import { ModelInfo, NoiseInfo, Values } from "./interface.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Generator } from "./generator.js" */

/**
 * Values for every noise: drawn from the seed, or their means without one. An example's draws do not depend on the
 * padding.
 *
 * @param {ModelInfo} model
 * @param {Frame} frame
 * @param {number | undefined} seed
 * @returns {Record<string, Values>}
 */
export function fillNoise(model, frame, seed) {
  if (seed !== undefined) checkSeed(seed);
  return Object.fromEntries(
    model.noises.map((noise) => {
      const inside = model.axes.filter(({ name }) => noise.indices.includes(name));
      const block = productOf(noise.shape);
      const cells = productOf(inside.map(({ length }) => extentIn(frame, length))) * frame.size;
      const values = newValues(model.precision, cells * block);
      const draws = Array.from({ length: frame.size }, (_, b) => newDraw(noise, seed, b));
      const axes = axesNamed(model.axes, [...inside.map(({ name }) => name), "@batch"]);
      eachCell(axes, frame, (cell, example, valid) => {
        if (valid) for (let i = 0; i < block; i += 1) values[cell * block + i] = entryAt(draws, example)();
      });
      return [noise.name, values];
    }),
  );
}

/**
 * @param {NoiseInfo} noise
 * @param {number | undefined} seed
 * @param {number} example
 */
function newDraw({ name, noise }, seed, example) {
  if (seed === undefined) return () => noise.mean;
  const random = newGenerator(seed, `${name} ${example}`);
  return () => noiseRules[noise.distribution](random, noise);
}

/** @type {{ readonly [distribution in NoiseInfo["noise"]["distribution"]]: (random: Generator, noise: NoiseInfo["noise"]) => number }} */
const noiseRules = {
  bernoulli: (random, { parameter }) => (random.uniform() < parameter ? 1 : 0),
  normal: (random, { parameter, mean }) => mean + parameter * random.normal(),
};

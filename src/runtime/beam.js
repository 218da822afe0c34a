import { checkedFinite } from "./border.js";
import { checkedTaste } from "./draw-options.js";
import { elementOf, isDrawn, newDrawing } from "./drawn.js";
import { portableExp, portableLog } from "./elementary.js";
import { newExtension } from "./extension.js";
import { spreadState } from "./rows.js";
import { entryAt } from "./values.js";

/** @import { Generated, GenerateOptions, ModelInfo, Params } from "./interface.ts" */
/** @import { Generation } from "./program.ts" */
/** @import { Drawn } from "./drawn.js" */
/** @import { Beginning } from "./extension.js" */
/** @import { Stream } from "./stream.js" */

/**
 * The most probable sequences, by a beam: at each value that is to be found the best so many beginnings of a sequence go
 * on, and those that end are kept beside them. Until then all have been as long, so the length penalty orders only what
 * has ended. The search of a sequence is over when no beginning can become better than what has ended: its probability
 * only falls, and nothing divides that by more than the greatest length does.
 *
 * @param {ModelInfo} model
 * @param {Generation} generation
 * @param {Stream} stream
 * @param {Params} params
 * @param {GenerateOptions} options
 * @returns {Generated}
 */
export function searched(model, generation, stream, params, options) {
  checkedTaste(options);
  const { width, kept, penalty } = checkedBeam(options);
  const drawing = newDrawing(model, generation, stream, params, options, width, (state) =>
    spreadState(model, stream, state, width),
  );
  const { size, state, drawn, rounds, fill, turn, keep } = drawing;
  const extend = newExtension(stream, drawing, width);
  const score = (/** @type {Beginning} */ { log, found }) => log / portableExp(penalty * portableLog((5 + found) / 6));
  /** @type {ReadonlyArray<ReadonlyArray<Beginning>>} */
  let beams = Array.from({ length: size }, (_, b) => [{ log: 0, found: 0, row: b * width, values: [], path: null }]);
  /** @type {Array<ReadonlyArray<Beginning>>} */
  const best = beams.map(() => []);
  const end = (/** @type {number} */ b, /** @type {ReadonlyArray<Beginning>} */ ended) => {
    const all = [...entryAt(best, b), ...ended].sort((one, other) => score(other) - score(one));
    best[b] = all.slice(0, kept);
  };
  for (let t = 0; t < options.length && beams.some((beam) => beam.length > 0); t += 1) {
    fill(t);
    turn();
    const open = beams.map((_, b) => isDrawn(drawn, t, b));
    const isOpen = open.includes(true);
    if (isOpen) {
      for (const round of rounds) {
        if (round !== rounds[0]) turn();
        beams = extend(beams, round, t, round !== rounds.at(-1) || generation.again);
      }
      if (generation.again) turn();
    }
    keep(state.position + t + 1, isOpen && !generation.again);
    beams = beams.map((beam, b) => {
      const longer = beam.map((beginning) => withStep(beginning, drawn, open[b] === true));
      end(b, longer.filter(hasEnded(drawn)));
      const [first, ...others] = longer.filter((beginning) => !hasEnded(drawn)(beginning));
      if (first === undefined) return [];
      const worst = entryAt(best, b)[kept - 1];
      const hope = score({ ...first, found: first.found + options.length - t - 1 });
      return worst !== undefined && score(worst) >= hope ? [] : [first, ...others];
    });
  }
  beams.forEach((beam, b) => {
    end(b, beam);
  });
  return foundOf(drawn, best);
}

/** @param {GenerateOptions} options */
function checkedBeam({ beam, keep = 1, lengthPenalty = 0 }) {
  const upTo = (/** @type {number} */ most) => (/** @type {number} */ n) => Number.isInteger(n) && n >= 1 && n <= most;
  const width = checkedFinite(beam, "options.beam", "an integer from 1 to 1048576", upTo(1048576));
  return {
    width,
    kept: checkedFinite(keep, "options.keep", `an integer from 1 to the width of the beam, ${width}`, upTo(width)),
    penalty: checkedFinite(lengthPenalty, "options.lengthPenalty", "a number that is not negative", (n) => n >= 0),
  };
}

/**
 * @param {Beginning} beginning
 * @param {ReadonlyArray<Drawn>} drawn
 * @param {boolean} isFound whether something of the step was to be found
 * @returns {Beginning}
 */
function withStep({ log, found, row, path }, drawn, isFound) {
  const elements = drawn.map((variable) => elementOf(variable, row));
  return { log, found: found + Number(isFound), row, values: [], path: { before: path, elements } };
}

/** @param {ReadonlyArray<Drawn>} drawn */
function hasEnded(drawn) {
  return (/** @type {Beginning} */ { path }) => drawn.some(({ until }, i) => path?.elements[i] === until);
}

/**
 * @param {ReadonlyArray<Drawn>} drawn
 * @param {ReadonlyArray<ReadonlyArray<Beginning>>} best of each sequence
 * @returns {Generated}
 */
function foundOf(drawn, best) {
  const all = best.flat();
  const steps = all.map(({ path }) => {
    const elements = [];
    for (let at = path; at !== null; at = at.before) elements.unshift(at.elements);
    return elements;
  });
  return {
    values: Object.fromEntries(
      drawn.map(({ target }, i) => [target, steps.map((elements) => elements.map((each) => entryAt(each, i)))]),
    ),
    lengths: steps.map(({ length }) => length),
    logProbabilities: all.map(({ log }) => log),
    of: best.flatMap((found, b) => found.map(() => b)),
  };
}

import { newComposedTraining } from "./composed.js";
import { newCrew } from "./crew.js";
import { newParallelProgram } from "./parallel.js";

/** @import { Precision } from "../interface.ts" */
/** @import { Program, Programs } from "../program.ts" */
/** @import { Scale } from "./parallel.js" */

/** What splits by examples. The steps of a stream are too short to be worth it. */
const parallelNames = /** @type {const} */ (["forward", "loss", "gradient"]);

/**
 * A model's programs with the examples of a batch split over `count` threads, of which this is one.
 *
 * @param {() => Programs} makePrograms speaks of nothing outside itself
 * @param {{ readonly count: number, readonly scale: Scale, readonly precision: Precision }} settings
 * @returns {Programs}
 */
export function threadedPrograms(makePrograms, settings) {
  const programs = makePrograms();
  const crew = newCrew(makePrograms, settings.precision);
  /** @type {Record<string, Program>} */
  const parallel = {};
  for (const name of parallelNames) {
    const program = programs[name];
    if (program !== undefined) parallel[name] = newParallelProgram(name, program, settings, crew);
  }
  const { gradient } = parallel;
  const { descend } = programs;
  const train =
    gradient === undefined || descend === undefined ? {} : { train: newComposedTraining(gradient, descend) };
  return { ...programs, ...parallel, ...train };
}

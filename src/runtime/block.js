import { arrayAt, checkCount, checkEnded, checkInput, checkNames, checkOutput, checkReached } from "./block-check.js";
import { putIn, takeOut } from "./places.js";
import { describeValue, refusal } from "./refusal.js";
import { entryAt } from "./values.js";

/** @import { CompiledModel, Values } from "./interface.ts" */
/** @import { Runner } from "./runner.js" */
/** @import { Port } from "./block-check.js" */

/** The length of the axis in the program that takes many steps at once. */
export const stepsLength = "$steps";

/**
 * What streams are bound to; nothing of it is made anew. A state's `initial` values are those before the first step, of
 * each stream `inner` numbers together, `outer` times; it is read at `to`, and its next one stands from `from` to `end`.
 * `counters` are the places of positions, `most` is how many positions there are.
 *
 * @typedef {{
 *   readonly runner: Runner,
 *   readonly arena: Values,
 *   readonly axis: string,
 *   readonly streams: number,
 *   readonly longest: number,
 *   readonly lengths: Int32Array,
 *   readonly most: number,
 *   readonly inputs: ReadonlyArray<Port>,
 *   readonly inputNames: ReadonlyArray<string>,
 *   readonly ending: ReadonlyArray<Port>,
 *   readonly outputs: ReadonlyArray<Port>,
 *   readonly outputNames: ReadonlyArray<string>,
 *   readonly states: ReadonlyArray<{
 *     readonly initial: Float64Array, readonly inner: number, readonly outer: number,
 *     readonly to: number, readonly from: number, readonly end: number,
 *   }>,
 *   readonly counters: ReadonlyArray<number>,
 *   readonly positions: Float64Array,
 *   readonly ended: Uint8Array,
 * }} Bound
 */

/**
 * @param {Bound} bound
 * @returns {ReturnType<CompiledModel["stream"]>}
 */
export function streaming(bound) {
  const { streams, longest } = bound;
  for (let b = 0; b < streams; b += 1) restart(bound, b);
  return {
    streams,
    process: (inputs, outputs, n) => {
      checkBlock(bound, inputs, outputs, n);
      noteEnded(bound, inputs, n);
      for (let done = 0; done < n; done += longest)
        runBlock(bound, inputs, outputs, done, Math.min(longest, n - done), n);
    },
    reset: (which) => {
      if (which === undefined) for (let b = 0; b < streams; b += 1) restart(bound, b);
      else if (typeof which === "number") restart(bound, checkedStream(which, streams));
      else {
        if (!Array.isArray(which))
          throw refusal("which", "the number of a stream, or a list of some", describeValue(which));
        for (let i = 0; i < which.length; i += 1) checkedStream(which[i], streams);
        for (let i = 0; i < which.length; i += 1) restart(bound, which[i]);
      }
    },
  };
}

/**
 * @param {unknown} which
 * @param {number} streams
 */
function checkedStream(which, streams) {
  if (typeof which === "number" && Number.isInteger(which) && which >= 0 && which < streams) return which;
  throw refusal("which", `the number of a stream, from 0 to ${streams - 1}`, describeValue(which));
}

/**
 * @param {Bound} bound
 * @param {number} b
 */
function restart({ arena, streams, states, positions, ended }, b) {
  positions[b] = 0;
  ended[b] = 0;
  for (let s = 0; s < states.length; s += 1) {
    const { initial, inner, outer, to } = entryAt(states, s);
    for (let o = 0; o < outer; o += 1)
      for (let i = (o * streams + b) * inner; i < (o * streams + b + 1) * inner; i += 1)
        arena[to + i] = /** @type {number} */ (initial[i]);
  }
}

/**
 * A block that is refused leaves all as it was.
 *
 * @param {Bound} bound
 * @param {unknown} from
 * @param {unknown} to
 * @param {unknown} n
 */
function checkBlock(
  { streams, axis, inputs, outputs, inputNames, outputNames, ending, most, positions, ended },
  from,
  to,
  n,
) {
  const count = checkCount(n);
  checkNames(from, "inputs", inputNames, inputs.length === 1);
  checkNames(to, "outputs", outputNames, outputs.length === 1);
  for (let i = 0; i < inputs.length; i += 1) {
    const port = entryAt(inputs, i);
    const values = arrayAt(from, port, inputs.length === 1);
    if (values !== undefined || port.mean === undefined) checkInput(values, port, streams, count);
  }
  for (let i = 0; i < outputs.length; i += 1) {
    const port = entryAt(outputs, i);
    const values = arrayAt(to, port, outputs.length === 1);
    if (values !== undefined || outputs.length === 1) checkOutput(values, port, streams, count);
  }
  checkReached(positions, count, most, axis);
  for (let i = 0; i < ending.length; i += 1) {
    const port = entryAt(ending, i);
    checkEnded(port, /** @type {Values} */ (arrayAt(from, port, inputs.length === 1)), ended, count, axis);
  }
}

/**
 * @param {Bound} bound
 * @param {unknown} from
 * @param {number} n
 */
function noteEnded({ inputs, ending, ended }, from, n) {
  if (n === 0) return;
  for (let i = 0; i < ending.length; i += 1) {
    const port = entryAt(ending, i);
    const values = /** @type {Values} */ (arrayAt(from, port, inputs.length === 1));
    for (let b = 0; b < ended.length; b += 1) if (values[(b + 1) * n - 1] === port.until) ended[b] = 1;
  }
}

/**
 * `n` positions from `done` on, of `all` that the caller has.
 *
 * @param {Bound} bound
 * @param {unknown} from
 * @param {unknown} to
 * @param {number} done
 * @param {number} n
 * @param {number} all
 */
function runBlock(bound, from, to, done, n, all) {
  const { runner, arena, streams, inputs, outputs, states } = bound;
  for (let i = 0; i < inputs.length; i += 1) {
    const port = entryAt(inputs, i);
    const values = arrayAt(from, port, inputs.length === 1);
    if (values !== undefined) putIn(port.places, arena, port.base, values, streams, done, n, all);
    else arena.fill(Number(port.mean), port.base, port.base + n * streams * port.places.cells);
  }
  putPositions(bound);
  bound.lengths.fill(n);
  runner.shorten(stepsLength, n);
  runner.run();
  for (let i = 0; i < outputs.length; i += 1) {
    const port = entryAt(outputs, i);
    const values = arrayAt(to, port, outputs.length === 1);
    if (values !== undefined) takeOut(port.places, arena, port.base, values, streams, done, n, all);
  }
  for (let s = 0; s < states.length; s += 1) {
    const { to: place, from: next, end } = entryAt(states, s);
    arena.copyWithin(place, next, end);
  }
  for (let b = 0; b < streams; b += 1) bound.positions[b] = /** @type {number} */ (bound.positions[b]) + n;
}

/** @param {Bound} bound */
function putPositions({ arena, counters, positions }) {
  for (let i = 0; i < counters.length; i += 1)
    for (let b = 0; b < positions.length; b += 1)
      arena[/** @type {number} */ (counters[i]) + b] = /** @type {number} */ (positions[b]);
}

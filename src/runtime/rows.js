import { extentIn } from "./frame.js";
import { newValues, productOf, putRepeated } from "./values.js";

/** @import { ModelInfo, State, Values } from "./interface.ts" */
/** @import { Slot } from "./program.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */
/** @import { Stream } from "./stream.js" */

/** What has rows: of each of those before the batch, `block` numbers a row. @typedef {{ readonly part: Values, readonly block: number }} Rows */

/**
 * The state of each sequence over so many rows side by side, which may then go different ways.
 *
 * @param {ModelInfo} model
 * @param {Stream} stream
 * @param {State} state
 * @param {number} times
 * @returns {State}
 */
export function spreadState({ precision }, { step, frameOf }, state, times) {
  const frame = frameOf(state);
  const spread = (/** @type {State["values"]} */ values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, given]) => {
        const leaf = step.leaves.find(({ slot }) => slot.name === name);
        const block = leaf === undefined ? undefined : blockOf(leaf.slot, frame);
        if (block === undefined) return [name, given];
        const rows = newValues(precision, given.length * times);
        putRepeated(rows, given, block, times);
        return [name, rows];
      }),
    );
  const lengths = Object.entries(state.lengths).map(([name, table]) => {
    const rows = new Int32Array(table.length * times);
    putRepeated(rows, table, table.length / state.size, times);
    return [name, rows];
  });
  return {
    ...state,
    size: state.size * times,
    values: spread(state.values),
    context: spread(state.context),
    lengths: Object.fromEntries(lengths),
  };
}

/**
 * Of what stands in an arena, what has rows.
 *
 * @param {Runner} runner
 * @param {ReadonlyArray<{ readonly slot: Slot, readonly size: number }>} places
 * @param {Frame} frame
 * @returns {ReadonlyArray<Rows>}
 */
export function rowsIn(runner, places, frame) {
  return places.flatMap(({ slot, size }) => {
    const block = blockOf(slot, frame);
    const offset = runner.offset(slot);
    return block === undefined ? [] : [{ part: runner.arena().subarray(offset, offset + size), block }];
  });
}

/**
 * Puts in the place of each row another one. All are read before any is written: two may be the same.
 *
 * @param {ReadonlyArray<Rows>} all
 * @param {ArrayLike<number>} sources of each row, which one it becomes
 */
export function gatherRows(all, sources) {
  const copies = all.map(({ part }) => part.slice());
  all.forEach(({ part, block }, i) => {
    for (let to = 0; to < part.length; to += block) {
      const row = (to / block) % sources.length;
      const from = to + (Number(sources[row]) - row) * block;
      part.set(/** @type {Values} */ (copies[i]).subarray(from, from + block), to);
    }
  });
}

/**
 * How many numbers of each row stand together; of what is the same for all there are none.
 *
 * @param {Slot} slot
 * @param {Frame} frame
 */
function blockOf({ extents }, frame) {
  const batch = extents.indexOf("@batch");
  return batch < 0 ? undefined : productOf(extents.slice(batch + 1).map((extent) => extentIn(frame, extent)));
}

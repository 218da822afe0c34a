import { eachCell, extentIn, limitOf } from "./frame.js";
import { entryAt, productOf } from "./values.js";

/** @import { ModelInfo, Values, VariableInfo } from "./interface.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Slot } from "./program.ts" */

/**
 * Where the values of a stream's input or output stand in the arena of a program that takes `n` positions at once: those
 * of one position of one stream are `cells`, in the order in which the caller has them, each at `near` plus `n` times
 * `far`; the next position is `step` further, the next stream `across`. Cells that a stream does not have, as its other
 * axes are shorter, are `absent`, stream by stream.
 *
 * @typedef {{
 *   readonly cells: number,
 *   readonly near: Int32Array,
 *   readonly far: Int32Array,
 *   readonly step: number,
 *   readonly across: number,
 *   readonly isDense: boolean,
 *   readonly absent: Uint8Array | undefined,
 * }} Places
 */

/**
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Slot} slot
 * @param {Frame} frame of the streams, whatever its number of positions
 * @returns {Places}
 */
export function placesOf(model, variable, slot, frame) {
  const time = slot.axes.indexOf(String(model.streamable));
  const extents = slot.extents.map((extent, place) => (place === time ? 1 : extentIn(frame, extent)));
  const stride = (/** @type {number} */ place) => productOf(extents.slice(place + 1));
  const written = variable.indices
    .filter((index) => index !== model.streamable)
    .map((index) => slot.axes.indexOf(index));
  const order = [...written, ...slot.axes.flatMap((axis, place) => (axis === "" ? [place] : []))];
  const cells = productOf(order.map((place) => entryAt(extents, place)));
  const near = new Int32Array(cells);
  const far = new Int32Array(cells);
  for (let cell = 0; cell < cells; cell += 1) {
    let rest = cell;
    for (let i = order.length - 1; i >= 0; i -= 1) {
      const place = entryAt(order, i);
      const extent = entryAt(extents, place);
      const apart = (rest % extent) * stride(place);
      if (place < time) far[cell] = /** @type {number} */ (far[cell]) + apart;
      else near[cell] = /** @type {number} */ (near[cell]) + apart;
      rest = Math.floor(rest / extent);
    }
  }
  const step = stride(time);
  const across = stride(slot.axes.indexOf("@batch"));
  return {
    ...{ cells, near, far, step, across },
    isDense: frame.size === 1 && step === cells && near.every((place, cell) => place === cell && far[cell] === 0),
    absent: absentOf(model, variable, written.length, frame, cells),
  };
}

/**
 * The cells of each stream that are padding, if there are some.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {number} others how many other axes there are
 * @param {Frame} frame
 * @param {number} cells
 */
function absentOf(model, { indices }, others, frame, cells) {
  if (others === 0) return undefined;
  const axes = indices.flatMap((index) => model.axes.filter(({ name }) => name === index && name !== model.streamable));
  const limits = axes.map((axis) => limitOf(axis, axes, frame));
  const block = cells / productOf(axes.map(({ length }) => extentIn(frame, length)));
  const absent = new Uint8Array(frame.size * cells);
  for (let b = 0; b < frame.size; b += 1)
    eachCell(axes, frame, (cell, _, __, position) => {
      const isThere = limits.every((limit, i) => entryAt(position, i) < limit(b, position));
      if (!isThere) absent.fill(1, b * cells + cell * block, b * cells + (cell + 1) * block);
    });
  return absent.includes(1) ? absent : undefined;
}

/**
 * Copies positions of all streams into the arena, those from `done` on of the caller's `all`. Makes nothing.
 *
 * @param {Places} places
 * @param {Values} arena
 * @param {number} base where the block of `n` positions stands
 * @param {Values} values the caller's: stream by stream, position by position
 * @param {number} streams
 * @param {number} done
 * @param {number} n
 * @param {number} all
 */
export function putIn(places, arena, base, values, streams, done, n, all) {
  const { cells, near, far, step, across, absent } = places;
  if (places.isDense) {
    const from = done * cells;
    for (let i = 0; i < n * cells; i += 1) arena[base + i] = /** @type {number} */ (values[from + i]);
    return;
  }
  for (let b = 0; b < streams; b += 1)
    for (let t = 0; t < n; t += 1) {
      const from = (b * all + done + t) * cells;
      const to = base + t * step + b * across;
      for (let c = 0; c < cells; c += 1)
        arena[to + /** @type {number} */ (near[c]) + n * /** @type {number} */ (far[c])] =
          absent !== undefined && absent[b * cells + c] === 1 ? 0 : /** @type {number} */ (values[from + c]);
    }
}

/**
 * The same the other way.
 *
 * @param {Places} places
 * @param {Values} arena
 * @param {number} base
 * @param {Values} values
 * @param {number} streams
 * @param {number} done
 * @param {number} n
 * @param {number} all
 */
export function takeOut(places, arena, base, values, streams, done, n, all) {
  const { cells, near, far, step, across, absent } = places;
  if (places.isDense) {
    const to = done * cells;
    for (let i = 0; i < n * cells; i += 1) values[to + i] = /** @type {number} */ (arena[base + i]);
    return;
  }
  for (let b = 0; b < streams; b += 1)
    for (let t = 0; t < n; t += 1) {
      const to = (b * all + done + t) * cells;
      const from = base + t * step + b * across;
      for (let c = 0; c < cells; c += 1)
        values[to + c] =
          absent !== undefined && absent[b * cells + c] === 1
            ? 0
            : /** @type {number} */ (
                arena[from + /** @type {number} */ (near[c]) + n * /** @type {number} */ (far[c])]
              );
    }
}

import { slotSize } from "../frame.js";
import { entryAt, newValues } from "../values.js";
import { newSeat } from "./seat.js";
import { eachRow, sharesOf } from "./shares.js";

/** @import { Precision, Values } from "../interface.ts" */
/** @import { Program, Slot } from "../program.ts" */
/** @import { Frame } from "../frame.js" */
/** @import { newCrew } from "./crew.js" */

/**
 * What the sum of the losses of a batch is divided by: its examples, nothing, or what they count, which the program says.
 *
 * @typedef {"mean" | "sum" | "perObservation"} Scale
 */

/**
 * A program that runs the examples of a batch in shares, the first here and each other by a worker. The program within
 * adds up losses and divides by nothing; the shares' sums are added in the order of the shares, whoever ran them, so that
 * the same number of shares gives the same bits.
 *
 * @param {string} name
 * @param {Program} program
 * @param {{ readonly count: number, readonly scale: Scale, readonly precision: Precision }} settings
 * @param {ReturnType<typeof newCrew>} crew
 * @returns {Program}
 */
export function newParallelProgram(name, program, { count, scale, precision }, crew) {
  const seat = newSeat(program, precision);
  const { leaves, results } = apart(program);
  const whole = newTransfer(precision);
  const transfers = Array.from({ length: count }, () => newTransfer(precision));
  return {
    lengths: program.lengths,
    ...(program.counted === undefined ? {} : { counted: program.counted }),
    ...(program.symbols === undefined ? {} : { symbols: program.symbols }),
    leaves,
    results,
    plan: (dims) => planOfSlots([...leaves, ...results], frameOfDims(program, dims)),
    run: (arena, tables, dims, offsets) => {
      const frame = frameOfDims(program, dims);
      const blocksOf = (/** @type {ReadonlyArray<Slot & { readonly role?: string }>} */ slots) =>
        slots.map((slot) => ({ slot, offset: Number(offsets[slot.buffer]) }));
      const [given, found] = [blocksOf(leaves), blocksOf(results)];
      const jobs = sharesOf(frame.size, count).map((share) => ({
        share,
        dims: [share[1] - share[0], ...dims.slice(1)],
        tables: tables.map((table) => partOf(table, frame.size, share)),
      }));
      const takers = jobs.map((_, i) => i > 0 && crew.listens(i));
      const read = takers.includes(true)
        ? sent(arena, given.filter(isWhole), frame, [0, frame.size], whole)
        : undefined;
      const begun = jobs.map((job, i) => {
        if (read === undefined || takers[i] !== true) return undefined;
        const own = frameOfDims(program, job.dims);
        const rows = given.filter((block) => !isWhole(block));
        const places = planOfSlots([...rows, ...found].map(slotOf), own);
        const transfer = /** @type {Transfer} */ (transfers[i]);
        transfer.fit(places.size);
        sent(arena, rows, frame, job.share, transfer);
        return {
          places: places.offsets.slice(rows.length),
          transfer,
          isDone: crew.begin(i, {
            name,
            dims: job.dims,
            tables: job.tables,
            whole: read.buffer(),
            own: transfer.buffer(),
          }),
        };
      });
      const here = (/** @type {(typeof jobs)[number]} */ job) => {
        seat.prepare(job.dims);
        program.leaves.forEach((leaf, k) => {
          const at = seat.offsetOf(leaf);
          const { slot, offset } = /** @type {Block} */ (given[k]);
          eachRow(slot, frame, job.share, (from, to, length) => {
            seat.arena().set(arena.subarray(offset + from, offset + from + length), at + to);
          });
        });
        seat.run(job.tables);
        return { values: seat.arena(), places: program.results.map(seat.offsetOf) };
      };
      jobs.forEach((job, i) => {
        const elsewhere = begun[i];
        // What failed elsewhere fails here, and says why.
        const isThere = elsewhere?.isDone() === true;
        const source = isThere ? { values: elsewhere.transfer.values(), places: elsewhere.places } : here(job);
        gather(arena, found, frame, job.share, source, scale);
      });
    },
  };
}

/** @typedef {{ readonly slot: Slot & { readonly role?: string }, readonly offset: number }} Block */
/** @typedef {ReturnType<typeof newTransfer>} Transfer */

/** @param {Block} block */
function slotOf({ slot }) {
  return slot;
}

/** Whether all shares read it whole. @param {Block} block */
function isWhole({ slot }) {
  return !slot.extents.includes("@batch");
}

/**
 * Each leaf and each result with a buffer of its own.
 *
 * @param {Program} program
 * @returns {Pick<Program, "leaves" | "results">}
 */
function apart({ leaves, results }) {
  return {
    leaves: leaves.map((leaf, i) => ({ ...leaf, buffer: i, start: 0 })),
    results: results.map((result, i) => ({ ...result, buffer: leaves.length + i, start: 0 })),
  };
}

/**
 * @param {Program} program
 * @param {ReadonlyArray<number>} dims
 * @returns {Frame}
 */
export function frameOfDims({ lengths }, dims) {
  return {
    size: Number(dims[0]),
    lengths: {},
    longest: Object.fromEntries(lengths.map((name, i) => [name, Number(dims[i + 1])])),
  };
}

/**
 * One slot after the other.
 *
 * @param {ReadonlyArray<Slot>} slots
 * @param {Frame} frame
 */
export function planOfSlots(slots, frame) {
  let size = 0;
  const offsets = slots.map((slot) => {
    const offset = size;
    size += slotSize(slot, frame);
    return offset;
  });
  return { offsets, size };
}

/**
 * Where blocks stand one after the other, so that others can see them where this machine lets them.
 *
 * @param {Precision} precision
 */
function newTransfer(precision) {
  let values = newValues(precision, 0);
  return {
    values: () => values,
    buffer: () => /** @type {SharedArrayBuffer} */ (/** @type {unknown} */ (values.buffer)),
    fit: (/** @type {number} */ size) => {
      if (size <= values.length && values.buffer instanceof SharedArrayBuffer) return;
      const buffer = new SharedArrayBuffer(size * values.BYTES_PER_ELEMENT);
      values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
    },
  };
}

/**
 * Puts a share's rows of blocks into a transfer, one after the other.
 *
 * @param {Values} arena
 * @param {ReadonlyArray<Block>} blocks
 * @param {Frame} frame
 * @param {readonly [number, number]} share
 * @param {Transfer} transfer
 */
function sent(arena, blocks, frame, share, transfer) {
  const { offsets, size } = planOfSlots(blocks.map(slotOf), { ...frame, size: share[1] - share[0] });
  transfer.fit(size);
  blocks.forEach(({ slot, offset }, k) => {
    eachRow(slot, frame, share, (from, to, length) => {
      transfer.values().set(arena.subarray(offset + from, offset + from + length), Number(offsets[k]) + to);
    });
  });
  return transfer;
}

/**
 * The lengths of a share's examples, which stand example by example.
 *
 * @param {Int32Array} table
 * @param {number} size
 * @param {readonly [number, number]} share
 */
function partOf(table, size, [from, to]) {
  const each = table.length / size;
  return table.subarray(from * each, to * each);
}

/** What is divided in the end. */
const averaged = ["loss", "gradient"];

/** Whether it is added up over the shares. @param {Block} block */
function isSummed({ slot: { role = "", extents } }) {
  return (averaged.includes(role) || role === "weight") && !extents.includes("@batch");
}

/** Whether it is divided in the end. @param {Block} block */
function isAveraged({ slot: { role = "" } }) {
  return averaged.includes(role);
}

/**
 * Puts the results of a share to those before it: rows beside rows, sums upon sums. What is divided in the end is divided
 * by the last share, as it is read.
 *
 * @param {Values} arena
 * @param {ReadonlyArray<Block>} results
 * @param {Frame} frame
 * @param {readonly [number, number]} share
 * @param {{ readonly values: Values, readonly places: ReadonlyArray<number> }} source where each stands
 * @param {Scale} scale
 */
function gather(arena, results, frame, share, { values, places }, scale) {
  const [isFirst, isLast] = [share[0] === 0, share[1] === frame.size];
  const put = (/** @type {Block} */ block, /** @type {number} */ divisor) => {
    const { slot, offset } = block;
    const place = Number(places[results.indexOf(block)]);
    eachRow(slot, frame, share, (to, from, length) => {
      const there = arena.subarray(offset + to, offset + to + length);
      const here = values.subarray(place + from, place + from + length);
      if (!isSummed(block) || isFirst) there.set(here);
      else add(there, here, divisor);
    });
    if (isSummed(block) ? isFirst && divisor !== 1 : divisor !== 1)
      divide(arena.subarray(offset, offset + slotSize(slot, frame)), divisor);
  };
  // The weight, which all others are divided by, stands among the first.
  for (const block of results) if (!isAveraged(block)) put(block, 1);
  const divisor = isLast ? divisorOf(arena, results, frame, scale) : 1;
  for (const block of results) if (isAveraged(block)) put(block, divisor);
}

/**
 * @param {Values} arena
 * @param {ReadonlyArray<Block>} results
 * @param {Frame} frame
 * @param {Scale} scale
 */
function divisorOf(arena, results, frame, scale) {
  const weight = results.find(({ slot }) => slot.role === "weight");
  const counted = weight === undefined ? 1 : Number(arena[weight.offset]) || 1;
  return scale === "mean" ? frame.size : scale === "sum" ? 1 : counted;
}

/**
 * Views of their own that begin at 0: twice as fast as offsets.
 *
 * @param {Values} there
 * @param {Values} here
 * @param {number} divisor
 */
function add(there, here, divisor) {
  if (divisor === 1) for (let k = 0; k < there.length; k += 1) there[k] = entryAt(there, k) + entryAt(here, k);
  else for (let k = 0; k < there.length; k += 1) there[k] = (entryAt(there, k) + entryAt(here, k)) / divisor;
}

/**
 * @param {Values} values
 * @param {number} divisor
 */
function divide(values, divisor) {
  for (let k = 0; k < values.length; k += 1) values[k] = entryAt(values, k) / divisor;
}

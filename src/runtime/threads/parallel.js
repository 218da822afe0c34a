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
  const transfers = Array.from({ length: count }, () => /** @type {Transfer} */ ({ values: newValues(precision, 0) }));
  return {
    lengths: program.lengths,
    ...(program.symbols === undefined ? {} : { symbols: program.symbols }),
    leaves,
    results,
    plan: (dims) => planOfSlots([...leaves, ...results], frameOfDims(program, dims)),
    run: (arena, tables, dims, offsets) => {
      const frame = frameOfDims(program, dims);
      const blocks = [...leaves, ...results].map((slot) => ({ slot, offset: Number(offsets[slot.buffer]) }));
      const shares = sharesOf(frame.size, count);
      const runs = shares.map((share, i) => {
        const own = [share[1] - share[0], ...dims.slice(1)];
        const transfer = transferOf(
          /** @type {Transfer} */ (transfers[i]),
          blocks,
          frameOfDims(program, own),
          precision,
        );
        eachBlock(blocks.slice(0, leaves.length), frame, share, (whole, part, length) => {
          transfer.set(arena.subarray(whole, whole + length), part);
        });
        const parts = tables.map((table) => partOf(table, frame.size, share));
        const isShared = i > 0 && !(transfer.buffer instanceof ArrayBuffer);
        const isDone = isShared
          ? crew.begin(i, { name, dims: own, tables: parts, buffer: /** @type {any} */ (transfer.buffer) })
          : undefined;
        return { share, transfer, isDone, here: () => seat(own, parts, transfer) };
      });
      for (const { isDone, here } of runs) if (isDone === undefined) here();
      // What failed elsewhere fails here, and says why.
      for (const { isDone, here } of runs) if (isDone !== undefined && !isDone()) here();
      gather(arena, blocks, leaves.length, frame, runs, scale);
    },
  };
}

/** @typedef {{ readonly slot: Slot & { readonly role?: string }, readonly offset: number }} Block */
/** Where a share's blocks stand one after the other. @typedef {{ values: Values }} Transfer */

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
 * @param {ReadonlyArray<Block>} blocks
 * @param {Frame} frame
 */
function sizeOfAll(blocks, frame) {
  return planOfSlots(
    blocks.map(({ slot }) => slot),
    frame,
  ).size;
}

/**
 * Room for all blocks of a share, which others can see where this machine lets them.
 *
 * @param {Transfer} transfer
 * @param {ReadonlyArray<Block>} blocks
 * @param {Frame} frame
 * @param {Precision} precision
 */
function transferOf(transfer, blocks, frame, precision) {
  const size = sizeOfAll(blocks, frame);
  if (size > transfer.values.length) {
    const bytes = size * (precision === "f32" ? 4 : 8);
    const buffer = typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
    transfer.values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  }
  return transfer.values;
}

/**
 * Where the rows of a share stand in the arena and in its transfer.
 *
 * @param {ReadonlyArray<Block>} blocks
 * @param {Frame} frame
 * @param {readonly [number, number]} share
 * @param {(whole: number, part: number, length: number, block: Block) => void} visit
 */
function eachBlock(blocks, frame, share, visit) {
  const own = { ...frame, size: share[1] - share[0] };
  let at = 0;
  for (const block of blocks) {
    const { slot, offset } = block;
    eachRow(slot, frame, share, (whole, part, length) => visit(offset + whole, at + part, length, block));
    at += slotSize(slot, own);
  }
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

/** What is added up over the examples; all but the weight is divided then. */
const summed = ["loss", "gradient", "weight"];

/**
 * Puts the results of the shares together: rows beside rows, sums upon sums.
 *
 * @param {Values} arena
 * @param {ReadonlyArray<Block>} blocks
 * @param {number} leafCount
 * @param {Frame} frame
 * @param {ReadonlyArray<{ readonly share: readonly [number, number], readonly transfer: Values }>} runs
 * @param {Scale} scale
 */
function gather(arena, blocks, leafCount, frame, runs, scale) {
  const results = blocks.slice(leafCount);
  const isSummed = (/** @type {Block} */ { slot: { role = "", extents } }) =>
    summed.includes(role) && !extents.includes("@batch");
  runs.forEach(({ share, transfer }, i) => {
    const behind = transfer.subarray(sizeOfAll(blocks.slice(0, leafCount), { ...frame, size: share[1] - share[0] }));
    eachBlock(results, frame, share, (whole, part, length, block) => {
      if (i === 0 || !isSummed(block)) arena.set(behind.subarray(part, part + length), whole);
      else addInto(arena, whole, behind, part, length);
    });
  });
  const weight = results.find(({ slot }) => slot.role === "weight");
  const counted = weight === undefined ? 1 : Number(arena[weight.offset]) || 1;
  const divisor = scale === "mean" ? frame.size : scale === "sum" ? 1 : counted;
  for (const { slot, offset } of results)
    if (divisor !== 1 && (slot.role === "loss" || slot.role === "gradient"))
      divide(arena, offset, slotSize(slot, frame), divisor);
}

/**
 * @param {Values} arena
 * @param {number} to
 * @param {Values} from
 * @param {number} at
 * @param {number} length
 */
function addInto(arena, to, from, at, length) {
  for (let k = 0; k < length; k += 1) arena[to + k] = entryAt(arena, to + k) + entryAt(from, at + k);
}

/**
 * @param {Values} arena
 * @param {number} from
 * @param {number} length
 * @param {number} divisor
 */
function divide(arena, from, length, divisor) {
  for (let k = from; k < from + length; k += 1) arena[k] = entryAt(arena, k) / divisor;
}

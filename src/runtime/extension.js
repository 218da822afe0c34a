import { bestValues } from "./best-values.js";
import { gatherRows, rowsIn } from "./rows.js";
import { entryAt, productOf } from "./values.js";

/** @import { Drawing, Drawn } from "./drawn.js" */
/** @import { Stream } from "./stream.js" */

/**
 * A beginning of a sequence: its log-probability, at how many steps something of it was found, the row in which its state
 * stands, the values of the present round, and, last first, its elements of each `~`.
 *
 * @typedef {{
 *   readonly log: number, readonly found: number, readonly row: number,
 *   readonly values: ReadonlyArray<number>, readonly path: Path | null,
 * }} Beginning
 */
/** @typedef {{ readonly before: Path | null, readonly elements: ReadonlyArray<number | ReadonlyArray<number>> }} Path */

/**
 * How beginnings go on by a round: each of those that are left gets a row of its sequence, with the state of the one that
 * it goes on from and the values that were found. That is the state before the step if the step is run again, and else
 * the one after it.
 *
 * @param {Stream} stream
 * @param {Drawing} drawing
 * @param {number} width
 */
export function newExtension({ step, frameOf }, { size, state, drawn }, width) {
  const frame = frameOf(state);
  const targets = drawn.map(({ values, info }) => ({ part: values, block: productOf(info.shape) }));
  const before = step.leaves.filter(({ slot }) => slot.name.startsWith("$state."));
  const after = step.results.filter(({ slot }) => slot.role === "state");
  const [rowsBefore, rowsAfter] = [before, after].map((places) => [...rowsIn(step, places, frame), ...targets]);
  /**
   * @param {ReadonlyArray<ReadonlyArray<Beginning>>} beams
   * @param {ReadonlyArray<Drawn>} round
   * @param {number} t
   * @param {boolean} isRunAgain
   */
  return (beams, round, t, isRunAgain) => {
    const opened = beams.map((_, b) => round.filter(({ isKnown }) => !isKnown(t, b)));
    const longer = beams.map((beam, b) => bestOf(beam, entryAt(opened, b), width));
    const sources = Int32Array.from({ length: size * width }, (_, row) => {
      const beam = entryAt(longer, Math.floor(row / width));
      return (beam[row % width] ?? beam[0])?.row ?? row;
    });
    gatherRows((isRunAgain ? rowsBefore : rowsAfter) ?? [], sources);
    return longer.map((beam, b) =>
      beam.map((beginning, i) => {
        const row = b * width + i;
        const values = beginning.values.values();
        for (const variable of entryAt(opened, b))
          for (const cell of entryAt(variable.cells, row)) variable.values[cell] = Number(values.next().value);
        return { ...beginning, row, values: [] };
      }),
    );
  };
}

/**
 * The best ways to go on from beginnings, value by value; of equals, that from the better beginning.
 *
 * @param {ReadonlyArray<Beginning>} beam
 * @param {ReadonlyArray<Drawn>} variables
 * @param {number} width
 */
function bestOf(beam, variables, width) {
  let best = beam;
  for (const { family, info, args, cells } of variables) {
    const count = beam.length === 0 ? 0 : entryAt(cells, entryAt(beam, 0).row).length;
    for (let i = 0; i < count; i += 1) {
      const all = best.flatMap((beginning) =>
        bestValues[family](args, entryAt(entryAt(cells, beginning.row), i), info.symbols ?? 1, width).map(
          ({ value, log }) => ({ ...beginning, log: beginning.log + log, values: [...beginning.values, value] }),
        ),
      );
      best = all.sort((one, other) => other.log - one.log).slice(0, width);
    }
  }
  return best;
}

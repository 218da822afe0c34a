import { checkedFinite, checkedList } from "./border.js";
import { eachCell } from "./frame.js";
import { givenName } from "./missing.js";
import { refusal } from "./refusal.js";
import { newValues, ownValue } from "./values.js";

/** @import { ModelInfo, State } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * `axis i in 1..N until y[i] == eos`, over more than one call: a state remembers which of its sequences have ended, so
 * that none goes on in silence. Under this name, which no state has before a sequence ended, it has for each sequence the
 * number of the `~` that ended it, from 1, and 0 where it goes on.
 */
const endedName = "$ended";

/**
 * The targets that end the sequences of a model that streams, with their symbols.
 *
 * @param {ModelInfo} model
 * @returns {ReadonlyArray<{ readonly target: string, readonly until: number, readonly number: number }>}
 */
export function endingsOf(model) {
  return model.randoms.flatMap(({ target, until }, i) => {
    const indices = model.targets.find(({ name }) => name === target)?.indices;
    return until === undefined || indices?.length !== 1 ? [] : [{ target, until, number: i + 1 }];
  });
}

/**
 * `refuse` throws where a sequence that has ended is to go on, by as many positions as `stepsOf` says; `after` is the state
 * after a call, with what ended in the values that it was given, which stand over `axes`.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<AxisInfo | null>} axes
 */
export function newEnds(model, axes) {
  const endings = endingsOf(model);
  return {
    /**
     * @param {State} state
     * @param {(sequence: number) => number} stepsOf
     * @param {(sequence: number, target: string) => string} nameSequence
     */
    refuse: (state, stepsOf, nameSequence) => {
      if (endings.length > 0)
        endedBy(model, state)?.forEach((number, b) => {
          const ending = endings.find((other) => other.number === number);
          if (ending !== undefined && stepsOf(b) > 0)
            throw refusal(
              nameSequence(b, ending.target),
              `nothing after the symbol ${ending.until} of ${ending.target}, which ended axis ${model.streamable}`,
              stepsOf(b) === 1 ? "a further position" : `${stepsOf(b)} further positions`,
            );
        });
    },
    /**
     * @param {State} state the one after
     * @param {State | undefined} before
     * @param {Frame} frame
     * @param {Readonly<Record<string, ArrayLike<number>>>} values
     * @returns {State}
     */
    after: (state, before, frame, values) => {
      if (endings.length === 0) return state;
      const known = before === undefined ? undefined : endedBy(model, before);
      const ended = newValues(model.precision, frame.size);
      if (known !== undefined) ended.set(known);
      for (const { target, until, number } of endings) {
        const given = ownValue(values, target);
        const flags = ownValue(values, givenName(target));
        if (given !== undefined)
          eachCell(axes, frame, (cell, b, isValid) => {
            if (isValid && given[cell] === until && flags?.[cell] !== 0 && ended[b] === 0) ended[b] = number;
          });
      }
      return ended.some((number) => number > 0) ? { ...state, values: { ...state.values, [endedName]: ended } } : state;
    },
  };
}

/**
 * @param {ModelInfo} model
 * @param {State} state
 * @returns {ReadonlyArray<number> | undefined}
 */
function endedBy(model, state) {
  const given = ownValue(state.values, endedName);
  if (given === undefined) return undefined;
  const where = `state.values.${endedName}`;
  const most = model.randoms.length;
  const isNumber = (/** @type {number} */ n) => Number.isInteger(n) && n >= 0 && n <= most;
  return Array.from(
    checkedList(given, state.size, () => where),
    (number, b) => checkedFinite(number, `${where}[${b}]`, `an integer from 0 to ${most}`, isNumber),
  );
}

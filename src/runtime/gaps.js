import { checkedList } from "./border.js";
import { eachMissing, givenName } from "./missing.js";
import { refusal } from "./refusal.js";
import { entryAt, newValues, ownValue } from "./values.js";

/** @import { ModelInfo, State } from "./interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * Under this name a state has for each of its sequences the number of the `~`, from 1, of which a value is missing that
 * whatever goes on would read back, and 0 where there is none.
 */
const missingName = "$missing";

/**
 * The targets that steps read back from earlier ones.
 *
 * @param {ModelInfo} model
 */
function gapsOf(model) {
  return model.randoms.flatMap(({ target, reads = [] }, i) => {
    const variable = model.targets.find(({ name }) => name === target);
    const slot = variable?.indices.indexOf(String(model.streamable)) ?? -1;
    if (variable === undefined || slot < 0) return [];
    const later = reads.flatMap(({ written, places }) => {
      const place = entryAt(places, slot);
      return "by" in place && place.by > 0 ? [{ written, by: place.by }] : [];
    });
    return later.length === 0 ? [] : [{ variable, slot, later, number: i + 1 }];
  });
}

/**
 * What throws where a sequence goes on, by as many positions as `stepsOf` says, though it would read what is missing.
 *
 * @param {ModelInfo} model
 * @returns {(
 *   state: State,
 *   stepsOf: (sequence: number) => number,
 *   nameSequence: (sequence: number, target: string) => string,
 * ) => void}
 */
export function newGapCheck(model) {
  const gaps = gapsOf(model);
  return (state, stepsOf, nameSequence) => {
    const noted = gaps.length === 0 ? undefined : notedIn(state);
    for (let b = 0; noted !== undefined && b < state.size; b += 1) {
      const gap = gaps.find(({ number }) => number === noted[b]);
      if (gap !== undefined && stepsOf(b) > 0)
        throw refusal(
          nameSequence(b, gap.variable.name),
          `a value before it, as ${gap.later.map(({ written }) => written).join(" or ")} reads it back`,
          "null",
        );
    }
  };
}

/**
 * The state after a call, with what is missing at the end of the values that it was given.
 *
 * @param {ModelInfo} model
 * @returns {(
 *   state: State,
 *   before: State | undefined,
 *   frame: Frame,
 *   values: Readonly<Record<string, ArrayLike<number>>>,
 * ) => State}
 */
export function newGapNotes(model) {
  const gaps = gapsOf(model);
  return (state, before, frame, values) => {
    if (gaps.length === 0) return state;
    const noted = newValues(model.precision, frame.size);
    const earlier = before === undefined ? undefined : notedIn(before);
    if (earlier !== undefined) noted.set(earlier);
    for (const { variable, slot, later, number } of gaps) {
      const flags = ownValue(values, givenName(variable.name));
      if (flags === undefined) continue;
      eachMissing(model, variable, frame, flags, (example, places) => {
        const { position, length } = entryAt(places, slot);
        if (later.some(({ by }) => position + by > length)) noted[example] = number;
      });
    }
    return noted.some((number) => number > 0) ? { ...state, values: { ...state.values, [missingName]: noted } } : state;
  };
}

/** @param {State} state */
function notedIn(state) {
  const given = ownValue(state.values, missingName);
  return given === undefined ? undefined : checkedList(given, state.size, () => `state.values.${missingName}`);
}

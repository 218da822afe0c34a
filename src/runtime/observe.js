import { lengthPlace } from "./frame.js";
import { asNested, listAt, pathText } from "./nested.js";
import { describeValue, refusal } from "./refusal.js";
import { entryAt, ownValue } from "./values.js";

/** @import { Example, VariableInfo } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/** A length that was seen, and where. @typedef {{ readonly length: number, readonly where: string }} Sighting */

/**
 * The lengths of a batch, read off the arrays or given by name, checked against each other.
 *
 * @param {ReadonlyArray<AxisInfo>} axes those that the variables stand over and those to be given by name
 * @param {ReadonlyArray<VariableInfo>} variables
 * @param {ReadonlyArray<Example>} examples
 * @param {(example: number) => string} nameExample
 * @returns {Frame}
 */
export function observedFrame(axes, variables, examples, nameExample) {
  const seen = examples.map((example, b) => sightings(axes, variables, example, nameExample(b)));
  const found = runTimeAxes(axes).map((axis) => {
    const name = String(axis.length);
    const byExample = seen.map((lengths, b) => {
      const byPlace = lengths.get(name);
      if (byPlace !== undefined) return byPlace;
      throw refusal(`${nameExample(b)}.${name}`, `the length of axis ${axis.name}, on which no data stands`, "nothing");
    });
    return { axis, name, byExample };
  });
  const longest = Object.fromEntries(found.map(({ name, byExample }) => [name, greatestLength(byExample)]));
  const lengths = Object.fromEntries(
    found.map(({ axis, name, byExample }) => [name, lengthTable(axis, axes, longest, byExample)]),
  );
  return { size: examples.length, lengths, longest };
}

/**
 * The axes with a run-time length, one for each length, an axis after those it stands over.
 *
 * @param {ReadonlyArray<AxisInfo>} axes
 */
export function runTimeAxes(axes) {
  const named = axes.filter((axis) => typeof axis.length === "string");
  const first = named.filter((axis, i) => named.findIndex((other) => other.length === axis.length) === i);
  return [...first].sort((a, b) => a.over.length - b.over.length);
}

/**
 * Every length that an example shows, by length name, then by the positions of the axes that a ragged one stands over.
 * A length whose data stands in an empty array has an entry without positions.
 *
 * @param {ReadonlyArray<AxisInfo>} axes
 * @param {ReadonlyArray<VariableInfo>} variables
 * @param {Example} example
 * @param {string} root
 */
function sightings(axes, variables, example, root) {
  /** @type {Map<string, Map<string, Sighting>>} */
  const seen = new Map();
  /** @type {See} */
  const see = (axis, place, length, where) => {
    const byPlace = seen.get(String(axis.length)) ?? new Map();
    const before = byPlace.get(place);
    if (before === undefined) byPlace.set(place, { length, where: where() });
    else if (before.length !== length)
      throw refusal(where(), `${before.length} along ${axis.name}, as ${before.where} has`, String(length));
  };
  for (const variable of variables) {
    const value = ownValue(example, variable.name);
    if (value === undefined) continue;
    const where = `${root}.${variable.name}`;
    const levels = variable.indices.flatMap((index) => axes.filter((axis) => axis.name === index));
    for (const axis of runTimeAxes(levels)) openEntry(seen, axis);
    seeLevels(
      levels,
      asNested(value, () => where),
      where,
      see,
    );
  }
  for (const axis of runTimeAxes(axes)) {
    const value = ownValue(example, String(axis.length));
    if (value === undefined) continue;
    const where = `${root}.${axis.length}`;
    openEntry(seen, axis);
    const levels = axis.over.flatMap((name) => axes.filter((other) => other.name === name));
    for (const outer of runTimeAxes(levels)) openEntry(seen, outer);
    seeGiven(
      axis,
      levels,
      asNested(value, () => where),
      [],
      where,
      see,
    );
  }
  return seen;
}

/** @typedef {(axis: AxisInfo, place: string, length: number, where: () => string) => void} See */

/**
 * @param {Map<string, Map<string, Sighting>>} seen
 * @param {AxisInfo} axis
 */
function openEntry(seen, axis) {
  const name = String(axis.length);
  if (!seen.has(name)) seen.set(name, new Map());
}

/**
 * @param {ReadonlyArray<AxisInfo>} levels the axes of the nested arrays, outermost first
 * @param {unknown} value
 * @param {string} root
 * @param {See} see
 */
function seeLevels(levels, value, root, see) {
  const last = levels.findLastIndex((axis) => typeof axis.length === "string");
  /** @type {(level: unknown, path: ReadonlyArray<number>) => void} */
  const walk = (level, path) => {
    const axis = entryAt(levels, path.length);
    const where = () => pathText(root, path);
    const list = listAt(level, where, `an array along ${axis.name}`);
    if (typeof axis.length === "string") {
      const outer = axis.over.map((name) => path[levels.findIndex((other) => other.name === name)]);
      if (outer.includes(undefined)) throw refusal(root, `index ${axis.over} outside ${axis.name}`, "another order");
      see(axis, outer.join(), list.length, where);
    }
    if (path.length < last) for (let i = 0; i < list.length; i += 1) walk(list[i], [...path, i]);
  };
  if (last >= 0) walk(value, []);
}

/**
 * A length given by name: a number, or for a ragged axis arrays of numbers over the axes it stands over, whose lengths
 * they show as data do.
 *
 * @param {AxisInfo} axis
 * @param {ReadonlyArray<AxisInfo>} levels the axes it stands over
 * @param {unknown} value
 * @param {ReadonlyArray<number>} path
 * @param {string} root
 * @param {See} see
 */
function seeGiven(axis, levels, value, path, root, see) {
  const where = () => pathText(root, path);
  if (path.length < levels.length) {
    const outer = entryAt(levels, path.length);
    const list = listAt(value, where, `an array along ${outer.name}`);
    if (typeof outer.length === "string") {
      const place = outer.over.map((name) => path[levels.findIndex((other) => other.name === name)]);
      see(outer, place.join(), list.length, where);
    } else if (list.length !== outer.length)
      throw refusal(where(), `${outer.length} along ${outer.name}`, String(list.length));
    for (let i = 0; i < list.length; i += 1) seeGiven(axis, levels, list[i], [...path, i], root, see);
  } else if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2147483648)
    see(axis, path.join(), value, where);
  else throw refusal(where(), "a length: an integer from 0 to 2147483647", describeValue(value));
}

/**
 * @param {AxisInfo} axis
 * @param {ReadonlyArray<AxisInfo>} axes
 * @param {Frame["longest"]} longest
 * @param {ReadonlyArray<ReadonlyMap<string, Sighting>>} found for each example
 */
function lengthTable(axis, axes, longest, found) {
  const place = lengthPlace(longest, axis, axes);
  const table = new Int32Array(
    place(
      found.length,
      axis.over.map(() => 0),
    ),
  );
  found.forEach((byPlace, example) => {
    for (const [key, { length }] of byPlace)
      table[place(example, key === "" ? [] : key.split(",").map(Number))] = length;
  });
  return table;
}

/** @param {ReadonlyArray<ReadonlyMap<string, Sighting>>} found for each example */
function greatestLength(found) {
  const lengths = found.flatMap((byPlace) => [...byPlace.values()].map(({ length }) => length));
  return lengths.reduce((greatest, length) => Math.max(greatest, length), 0);
}

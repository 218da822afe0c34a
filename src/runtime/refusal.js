/**
 * What a bad call is told: an error named `RnncError` that says where, what was expected and what was found.
 *
 * @param {string} where
 * @param {string} expected
 * @param {string} found
 */
export function refusal(where, expected, found) {
  return named(new TypeError(`${where}: expected ${expected}, found ${found}`));
}

/** @param {string} message */
export function rangeRefusal(message) {
  return named(new RangeError(message));
}

/**
 * Names that must all be known.
 *
 * @param {string} where
 * @param {ReadonlyArray<string>} names
 * @param {ReadonlyArray<string>} known
 */
export function refuseUnknownNames(where, names, known) {
  for (const name of names) {
    if (!known.includes(name)) throw refusal(where, oneOfNames(known), `${quoted(name)}${suggestion(name, known)}`);
  }
}

/** @param {unknown} value */
export function describeValue(value) {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return `the big integer ${value}`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${kindOf(value)} of ${lengthOf(value)}`;
  return typeof value === "object" && value !== null ? objectText(value) : String(value);
}

/** @param {object} value */
function objectText(value) {
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return kind === "Object" ? "an object" : `an object (${kind})`;
}

/** @param {ArrayBufferView} value */
function kindOf(value) {
  const isBig = value instanceof BigInt64Array || value instanceof BigUint64Array;
  return isBig || value instanceof DataView ? value.constructor.name : "typed array";
}

/** @param {ArrayBufferView} value */
function lengthOf(value) {
  return value instanceof DataView ? value.byteLength : /** @type {Float64Array} */ (value).length;
}

/** @param {string} text */
export function quoted(text) {
  return JSON.stringify(text);
}

/** @param {ReadonlyArray<string>} known */
function oneOfNames(known) {
  return known.length === 0 ? "no names at all" : `one of ${known.map(quoted).join(", ")}`;
}

/**
 * @param {string} name
 * @param {ReadonlyArray<string>} known
 */
function suggestion(name, known) {
  const [best] = known
    .map((other) => ({ other, distance: editDistance(name, other) }))
    .filter(({ other, distance }) => distance <= Math.max(1, other.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return best === undefined ? "" : ` (did you mean ${quoted(best.other)}?)`;
}

/**
 * Insertions, deletions and replacements between two names (Levenshtein 1966), row by row.
 *
 * @param {string} a
 * @param {string} b
 */
function editDistance(a, b) {
  const first = Array.from({ length: b.length + 1 }, (_, j) => j);
  const last = [...a].reduce((above, letter, i) => {
    /** @type {Array<number>} */
    const row = [i + 1];
    [...b].forEach((other, j) => {
      const [diagonal = 0, up = 0] = above.slice(j, j + 2);
      row.push(Math.min(diagonal + (letter === other ? 0 : 1), up + 1, Number(row[j]) + 1));
    });
    return row;
  }, first);
  return Number(last.at(-1));
}

/**
 * @template {Error} E
 * @param {E} error
 */
function named(error) {
  error.name = "RnncError";
  return error;
}

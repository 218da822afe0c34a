/** A value in the place of a right one, and what it is. */
export interface Misuse {
  readonly what: string;
  readonly value: unknown;
}

/** What callers give by mistake, wherever. */
export const pool: ReadonlyArray<Misuse> = [
  { what: "undefined", value: undefined },
  { what: "null", value: null },
  { what: "NaN", value: Number.NaN },
  { what: "Infinity", value: Number.POSITIVE_INFINITY },
  { what: "-1", value: -1 },
  { what: "1.5", value: 1.5 },
  { what: "1e300", value: 1e300 },
  { what: "2^53", value: 2 ** 53 },
  { what: "true", value: true },
  { what: '""', value: "" },
  { what: '"a"', value: "a" },
  { what: "{}", value: {} },
  { what: "[]", value: [] },
  { what: "a list with a hole", value: new Array(1) },
  { what: "[null]", value: [null] },
  { what: '["a"]', value: ["a"] },
  { what: "[[[[]]]]", value: [[[[]]]] },
  { what: "a big integer", value: 1n },
  { what: "a symbol", value: Symbol("s") },
  { what: "a function", value: () => 1 },
  { what: "a map", value: new Map([["a", 1]]) },
  { what: "a date", value: new Date(0) },
  { what: "an object without a prototype", value: Object.create(null) },
  { what: "an empty typed array", value: new Float32Array(0) },
  { what: "bytes", value: new Uint8Array(7) },
  { what: "big integers", value: new BigInt64Array(2) },
  { what: "a view of bytes", value: new DataView(new ArrayBuffer(8)) },
  { what: "a detached typed array", value: detached(new Float64Array(4)) },
  { what: "data without a shape", value: { shape: null, data: new Float32Array(1) } },
  { what: "a shape of strings", value: { shape: ["a"], data: new Float32Array(1) } },
  { what: "a shape with a hole", value: { shape: new Array(1), data: new Float32Array(1) } },
  { what: "a shape of plain data", value: { shape: [2], data: [1, 2] } },
  { what: "a shape of big integers", value: { shape: [2], data: new BigInt64Array(2) } },
  { what: "a shape that is too large", value: { shape: [1e9, 1e9], data: new Float32Array(1) } },
];

/** What is nearly right in the place of such a value. */
export const near = (right: unknown): ReadonlyArray<Misuse> => {
  if (!Array.isArray(right) && !ArrayBuffer.isView(right)) return [];
  const list = Array.from(right as ArrayLike<unknown>);
  const n = list.length;
  return [
    { what: "so many holes", value: new Array(n) },
    { what: "so many strings", value: list.map(() => "a") },
    { what: "so many nulls", value: list.map(() => null) },
    { what: "so many big integers", value: new BigInt64Array(n) },
    { what: "one more", value: [...list, ...list.slice(0, 1)] },
    { what: "one less", value: list.slice(1) },
    { what: "its detached", value: detached(new Float64Array(n)) },
  ].filter(({ value }) => n > 0 || (value as ArrayLike<unknown>).length === undefined);
};

function detached(values: Float64Array): Float64Array {
  structuredClone(values, { transfer: [values.buffer as ArrayBuffer] });
  return values;
}

/** A place in what is given: the keys on the way. */
export type Path = ReadonlyArray<string>;

/** All places in plain data, the whole first. */
export const placesIn = (given: unknown, path: Path = []): ReadonlyArray<Path> => {
  if (typeof given !== "object" || given === null || ArrayBuffer.isView(given)) return [path];
  const keys = Array.isArray(given) ? Object.keys(given).slice(0, 2) : Object.keys(given);
  return [path, ...keys.flatMap((key) => placesIn((given as Readonly<Record<string, unknown>>)[key], [...path, key]))];
};

export const at = (given: unknown, path: Path): unknown =>
  path.reduce((part, key) => (part as Readonly<Record<string, unknown>>)[key], given);

/** What is given, with another value at a place; nothing is shared but what is not on the way. */
export const replaced = (given: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value;
  const inner = replaced((given as Readonly<Record<string, unknown>>)[key], rest, value);
  if (Array.isArray(given)) return given.map((entry, i) => (String(i) === key ? inner : entry));
  return { ...(given as object), [key]: inner };
};

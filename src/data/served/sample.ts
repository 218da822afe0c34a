import { describeValue, refusal } from "../../runtime/refusal.js";
import { fieldsOf } from "../coding/fields.ts";
import type { Sample } from "../sample.ts";
import type { Facts, InputRecord } from "./facts.ts";

/** A record that a caller gives as the sample that a reader would make of it. */
export const sampleOf = (facts: Facts, input: unknown, where: string): Sample => {
  if (typeof input !== "object" || input === null || Array.isArray(input) || ArrayBuffer.isView(input))
    throw refusal(where, "an object with each field under its name", describeValue(input));
  const fields = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, plain(value)]));
  const rows = (facts.gathers ? rowsOf(facts, fields, where) : [fields]).map((row) => ({
    path: where,
    line: 1,
    fields: row,
    isTyped: true,
  }));
  return { path: where, line: 1, rows, fields: facts.gathers ? undefined : fields, group: undefined };
};

/** Lists for typed arrays, which JSON does not have and callers do. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
};

/** The last rows of a series, as many as a window has: its fields are lists, or one value for all rows. */
const rowsOf = ({ declared, coding, stretch: { window } }: Facts, fields: InputRecord, where: string) => {
  const read = declared
    .filter(({ role }) => role === "input")
    .flatMap(({ name }) => fieldsOf(coding, name))
    .filter((field) => Object.hasOwn(fields, field));
  const lists = read.filter((field) => Array.isArray(fields[field]));
  const lengths = lists.map((field) => (fields[field] as ReadonlyArray<unknown>).length);
  const [length = read.length === 0 ? (window ?? 1) : 0] = lengths;
  const odd = lengths.findIndex((other) => other !== length);
  if (odd >= 0) throw refusal(`${where}.${lists[odd]}`, `${length} rows, as ${lists[0]} has`, `${lengths[odd]}`);
  if (length < (window ?? 1))
    throw refusal(
      `${where}.${lists[0] ?? read[0]}`,
      `a list of at least ${window ?? 1} rows`,
      lists.length === 0 ? describeValue(fields[read[0]!]) : `${length}`,
    );
  const first = window === undefined ? 0 : length - window;
  return Array.from(
    { length: length - first },
    (_, i): InputRecord =>
      Object.fromEntries(
        read.map((field) => {
          const value = fields[field];
          return [field, Array.isArray(value) ? value[first + i] : value];
        }),
      ),
  );
};

import * as t from "io-ts";

/**
 * What is kept of a recurrence for the scans after it: all that they read, its states alone, or its states at every n-th
 * position.
 */
export type Memory = "full" | "states" | `every:${number}`;

const isMemory = (value: unknown): value is Memory =>
  typeof value === "string" && /^(full|states|every:[1-9]\d{0,8})$/.test(value);

/** A memory as a user writes it. */
export const Memory = new t.Type<Memory>(
  "Memory",
  isMemory,
  (value, context) => (isMemory(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);

/** How many positions a segment has of which only the first state is kept; undefined where more is kept than that. */
export const segmentLength = (memory: Memory): number | undefined =>
  memory === "full" || memory === "states" ? undefined : Number(memory.slice("every:".length));

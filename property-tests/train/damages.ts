import assert from "node:assert/strict";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { encodeRun } from "../../src/train/run.ts";
import { type Files, manifestName } from "../../src/train/run-files.ts";
import { decodedRun } from "./files-of-run.ts";
import { sampleRun } from "./sample-run.ts";

/** What can happen to the bytes of a file. `at`, `bit` and `other` are random, `foreign` the same file of another run. */
interface Chance {
  readonly at: number;
  readonly bit: number;
  readonly other: Uint8Array;
  readonly foreign: Uint8Array;
  readonly beside: Uint8Array;
}

const changed = (bytes: Uint8Array, at: number, by: (byte: number) => number): Uint8Array => {
  const copy = bytes.slice();
  copy[at % copy.length] = by(copy[at % copy.length]!);
  return copy;
};

/** Undefined takes the file away. */
const ways: Readonly<Record<string, (bytes: Uint8Array, chance: Chance) => Uint8Array | undefined>> = {
  "one bit": (bytes, { at, bit }) => changed(bytes, at, (byte) => byte ^ (1 << bit)),
  "one byte": (bytes, { at, other }) => changed(bytes, at, (byte) => (byte + 1 + ((other[0] ?? 0) % 255)) & 255),
  "cut off": (bytes, { at }) => bytes.slice(0, at % bytes.length),
  "the beginning gone": (bytes, { at }) => bytes.slice(1 + (at % bytes.length)),
  "bytes added": (bytes, { other }) => Buffer.concat([bytes, other, Buffer.alloc(1)]),
  "a block of zeros": (bytes, { at }) => bytes.map((byte, i) => (i >= at % bytes.length ? 0 : byte)),
  "other bytes": (_, { other }) => other,
  "the file of another run": (_, { foreign }) => foreign,
  "another file of this run": (_, { beside }) => beside,
  "no file": () => undefined,
};

const roles = ["weights", "state", manifestName] as const;
const fileOfRole = (files: Files, role: string): readonly [string, Uint8Array] =>
  [...files].find(([name]) => name.startsWith(role))!;

export interface Damaged {
  readonly way: string;
  /** The file that was damaged. */
  readonly name: string;
  readonly whole: Files;
  readonly files: Files;
}

export const damages: fc.Arbitrary<Damaged> = fc
  .record({
    way: fc.constantFrom(...Object.keys(ways)),
    role: fc.constantFrom(...roles),
    next: fc.constantFrom(1, 2),
    at: fc.nat(),
    bit: fc.nat(7),
    other: fc.uint8Array({ maxLength: 300 }),
    step: fc.nat(20),
    precision: fc.constantFrom("f32" as const, "f64" as const),
  })
  .map(({ way, role, next, at, bit, other, step, precision }) => {
    const whole = encodeRun(sampleRun(step, precision));
    const [name, bytes] = fileOfRole(whole, role);
    const [, foreign] = fileOfRole(encodeRun(sampleRun(step + 1, precision)), role);
    const [, beside] = fileOfRole(whole, roles[(roles.indexOf(role) + next) % roles.length]!);
    const damaged = ways[way]!(bytes, { at, bit, other, foreign, beside });
    const others = [...whole].filter(([file]) => file !== name);
    return { way, name, whole, files: new Map(damaged === undefined ? others : [...others, [name, damaged]]) };
  })
  // A block of zeros may stand where zeros stood.
  .filter(({ name, whole, files }) => Buffer.compare(whole.get(name)!, files.get(name) ?? Buffer.alloc(0)) !== 0);

const sizeOf = (files: Files): number => [...files.values()].reduce((sum, { length }) => sum + length, 0);

/** Refused, by the name of the file that is damaged, and with no more memory than the files take some times over. */
export const mustBeRefused = ({ way, name, files }: Damaged): void => {
  const before = process.memoryUsage().arrayBuffers;
  const read = decodedRun(files);
  const allocated = process.memoryUsage().arrayBuffers - before;
  assert.ok(E.isLeft(read), `${way} in ${name} is accepted`);
  // Another run's manifest is whole: what is missing are the files that it names.
  const isNamed = read.left.file === name || (way === "the file of another run" && name === manifestName);
  assert.ok(isNamed, `${way} in ${name}: ${read.left.file} ${read.left.reason}`);
  assert.ok(allocated <= 4 * sizeOf(files) + 65536, `${way} in ${name}: ${allocated} bytes are allocated`);
};

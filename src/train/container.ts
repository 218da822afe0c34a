import { createHash } from "node:crypto";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import type { Values } from "../runtime/interface.ts";

/**
 * A file of typed arrays under names with a JSON header: the magic, the header's length (32 bits, little endian), the
 * header in UTF-8, spaces up to a multiple of 8, the arrays end to end (little endian, each padded to 8 bytes). The
 * header holds a SHA-256 of the arrays, so that a damaged file says so.
 */
export interface Container {
  readonly header: unknown;
  readonly tensors: Readonly<Record<string, Values>>;
}

const magic = "RNNCRUN";

/** The eighth sign. Since 2 a run holds what the compiled trainer goes on from. */
const format = "2";

const TensorEntry = t.readonly(
  t.type({ name: t.string, type: t.keyof({ f32: null, f64: null }), length: t.number, offset: t.number }),
);
const Envelope = t.readonly(
  t.type({ content: t.unknown, tensors: t.readonlyArray(TensorEntry), sha256: t.string }),
  "the header of a run",
);

export const encodeContainer = ({ header, tensors }: Container): Uint8Array => {
  const parts = Object.entries(tensors).map(([name, values]) => ({ name, values, bytes: littleEndian(values) }));
  const body = Buffer.concat(parts.map(({ bytes }) => padTo8(bytes, 0)));
  let offset = 0;
  const entries = parts.map(({ name, values, bytes }) => {
    const entry = { name, type: values instanceof Float64Array ? "f64" : "f32", length: values.length, offset };
    offset += padTo8(bytes, 0).length;
    return entry;
  });
  const text = Buffer.from(JSON.stringify({ content: header, tensors: entries, sha256: digest(body) }));
  const start = Buffer.alloc(12);
  start.write(magic + format, "latin1");
  const json = padTo8(Buffer.concat([start, text]), 0x20);
  json.writeUInt32LE(json.length - 12, 8);
  return Buffer.concat([json, body]);
};

export const decodeContainer = (file: Uint8Array): E.Either<string, Container> => {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || bytes.toString("latin1", 0, 7) !== magic) return E.left("it is no saved run");
  const found = bytes.toString("latin1", 7, 8);
  if (found !== format) return E.left(otherFormat(found));
  const end = 12 + bytes.readUInt32LE(8);
  return pipe(
    E.tryCatch(
      (): unknown => JSON.parse(bytes.toString("utf8", 12, end)),
      () => "its header is damaged",
    ),
    E.flatMap((json) =>
      pipe(
        Envelope.decode(json),
        E.mapLeft(() => "its header is damaged"),
      ),
    ),
    E.filterOrElse(
      ({ sha256 }) => sha256 === digest(bytes.subarray(end)),
      () => "its numbers are damaged",
    ),
    E.map(({ content, tensors }) => ({
      header: content,
      tensors: Object.fromEntries(tensors.map((entry) => [entry.name, readTensor(bytes.subarray(end), entry)])),
    })),
  );
};

const otherFormat = (found: string): string =>
  `another version of rnnc saved it, in format ${found} of runs, and this one reads format ${format} alone; use that version, or train anew`;

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const padTo8 = (bytes: Buffer, fill: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8, fill)]);

const littleEndian = (values: Values): Buffer => {
  const bytes = Buffer.alloc(values.byteLength);
  if (values instanceof Float64Array) for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, 8 * i);
  else for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 4 * i);
  return bytes;
};

const readTensor = (body: Buffer, { type, length, offset }: t.TypeOf<typeof TensorEntry>): Values =>
  type === "f64"
    ? Float64Array.from({ length }, (_, i) => body.readDoubleLE(offset + 8 * i))
    : Float32Array.from({ length }, (_, i) => body.readFloatLE(offset + 4 * i));

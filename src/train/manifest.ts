import { createHash } from "node:crypto";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as J from "fp-ts/lib/Json.js";

/**
 * `run.json`: an object with a name of the first level a line, the first of which is the digest of all bytes below it. So
 * every byte of the file is either in the digest, or the digest, or a beginning that is always the same.
 */
const beginning = '{\n"sha256": "';
const afterDigest = '",\n';

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export const encodeManifest = (content: Readonly<Record<string, unknown>>): Uint8Array => {
  const lines = Object.entries(content).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const rest = Buffer.from(`${lines.join(",\n")}\n}\n`);
  return Buffer.concat([Buffer.from(beginning + sha256(rest) + afterDigest), rest]);
};

export const decodeManifest = (file: Uint8Array): E.Either<string, unknown> => {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const from = beginning.length + 64;
  const body = from + afterDigest.length;
  if (
    bytes.toString("latin1", 0, beginning.length) !== beginning ||
    bytes.toString("latin1", from, body) !== afterDigest
  )
    return E.left("it is no saved run, or damaged");
  const rest = bytes.subarray(body);
  if (bytes.toString("latin1", beginning.length, from) !== sha256(rest)) return E.left("it is damaged");
  return pipe(
    J.parse(`{${rest.toString("utf8")}`),
    E.mapLeft(() => "it is no saved run"),
  );
};

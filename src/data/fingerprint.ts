import { createHash } from "node:crypto";
import { closeSync, openSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import * as t from "io-ts";
import { chunksOf } from "./chunks.ts";
import type { DataError } from "./data-error.ts";

/** What tells a file from what it was before: its size, then its bytes. */
const Fingerprint = t.readonly(t.type({ bytes: t.number, sha256: t.string }));

/** By path. */
export const Fingerprints = t.readonly(t.record(t.string, Fingerprint));
export type Fingerprints = t.TypeOf<typeof Fingerprints>;

/** Those of the files among the paths: standard input, a pipe and a corpus that has a name have none. */
export const fingerprintsOf = (paths: ReadonlyArray<string>): Fingerprints =>
  Object.fromEntries(
    [...new Set(paths)].flatMap((path) => {
      const bytes = sizeOf(path);
      const sha256 = bytes === undefined ? undefined : digestOf(path);
      return bytes === undefined || sha256 === undefined ? [] : [[path, { bytes, sha256 }] as const];
    }),
  );

/** On the left the first file that is another than it was; what cannot be read is told by who reads it. */
export const unchanged = (before: Fingerprints = {}): E.Either<DataError, void> => {
  for (const [path, { bytes, sha256 }] of Object.entries(before)) {
    const found = sizeOf(path);
    if (found === undefined) continue;
    // A file of another size is another without being read.
    const digest = found === bytes ? digestOf(path) : undefined;
    if (found !== bytes || (digest !== undefined && digest !== sha256))
      return E.left({ tag: "changed", path, bytes, found });
  }
  return E.right(undefined);
};

const sizeOf = (path: string): number | undefined => {
  if (path === "-" || path === "brown") return undefined;
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
};

const digestOf = (path: string): string | undefined => {
  const file = E.tryCatch(
    () => openSync(path, "r"),
    () => undefined,
  );
  if (E.isLeft(file)) return undefined;
  try {
    const hash = createHash("sha256");
    for (const chunk of chunksOf(file.right)) hash.update(chunk);
    return hash.digest("hex");
  } finally {
    closeSync(file.right);
  }
};

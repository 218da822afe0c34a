import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import { decodeSafetensors } from "../weights/decode.ts";
import { encodeSafetensors, type Safetensors } from "../weights/safetensors.ts";
import { sha256 } from "./manifest.ts";

/** Bytes by the names of files in a run's folder. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** What a manifest says of a file beside it. */
export const FileEntry = t.readonly(t.type({ file: t.string, bytes: t.number, sha256: t.string }));
export type FileEntry = t.TypeOf<typeof FileEntry>;

/** Reads a file of a folder, whole, if it has so many bytes; on the left, what is wrong with it. */
export type Read = (name: string, bytes: number) => E.Either<string, Uint8Array>;

/** What is wrong with which file of a folder. */
export interface Damage {
  readonly file: string;
  readonly reason: string;
}

/**
 * A file of tensors has the step and its own digest in its name: of two generations no file has the name of another unless
 * it has its bytes, so that whatever is half done, what the manifest names stands as it was.
 */
export const fileOf = (role: string, step: number, tensors: Safetensors): readonly [FileEntry, Uint8Array] => {
  const bytes = encodeSafetensors(tensors);
  const digest = sha256(bytes);
  const file = `${role}-${String(step).padStart(6, "0")}-${digest.slice(0, 12)}.safetensors`;
  return [{ file, bytes: bytes.length, sha256: digest }, bytes];
};

const ofTensors = /^[a-z]+-\d{6,}-[0-9a-f]{12}\.safetensors$/;

/** Whether a save can have left a file of this name: one of tensors, or one that was not written to its end. */
export const isLeftOver = (name: string): boolean => {
  const [, whole] = /^(.+)\.\d+\.tmp$/.exec(name) ?? [];
  return ofTensors.test(name) || (whole !== undefined && (whole === manifestName || ofTensors.test(whole)));
};

export const manifestName = "run.json";

/** The tensors of a file that a manifest names: refused unless it has the very bytes that were written. */
export const tensorsIn =
  (read: Read) =>
  ({ file, bytes, sha256: digest }: FileEntry): E.Either<Damage, Safetensors> =>
    ofTensors.test(file)
      ? pipe(
          read(file, bytes),
          E.filterOrElse(
            (found) => sha256(found) === digest,
            () => "its bytes are not those that were saved",
          ),
          E.flatMap((found) =>
            pipe(
              decodeSafetensors(found),
              E.mapLeft((reason) => `it ${reason}`),
            ),
          ),
          E.mapLeft((reason) => ({ file, reason })),
        )
      : E.left({ file: manifestName, reason: `it names ${JSON.stringify(file)}, which is no file of a run` });

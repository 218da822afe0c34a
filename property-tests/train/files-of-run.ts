import * as E from "fp-ts/lib/Either.js";
import { decodeRun, type Run } from "../../src/train/run.ts";
import { type Damage, type Files, manifestName, type Read } from "../../src/train/run-files.ts";

/** Reads what is held in memory as a folder is read. */
const readIn =
  (files: Files): Read =>
  (name, bytes) => {
    const found = files.get(name);
    if (found === undefined) return E.left("there is no such file");
    return found.length === bytes ? E.right(found) : E.left(`it has ${found.length} bytes where ${bytes} were saved`);
  };

export const decodedRun = (files: Files): E.Either<Damage, Run> =>
  decodeRun(files.get(manifestName) ?? new Uint8Array(), readIn(files));

import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { type Compiler, compileLibrary, flags } from "./compiler.ts";

/** The folder of the user's cache in which libraries are kept. */
const cacheFolder = (environment: Readonly<Record<string, string | undefined>> = process.env): string =>
  join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "rnnc", "native");

export const digest = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/**
 * The library of C text: the one that is kept, or else it is compiled. It is kept by text, compiler, flags and machine,
 * beside its own digest. A folder or a file that others may write to is not trusted: what is compiled then is used once.
 */
export const libraryOf = (text: string, compiler: Compiler, folder: string = cacheFolder()): E.Either<string, Kept> => {
  const key = digest(JSON.stringify([text, compiler, flags, process.arch, process.platform]));
  const path = join(folder, `${key}.so`);
  if (isOwn(folder) && isOwn(path) && isOwn(`${path}.sha256`) && isWhole(path)) return E.right({ path, isKept: true });
  const working = mkdtempSync(join(tmpdir(), "rnnc-native-"));
  const source = join(working, "model.c");
  writeFileSync(source, text);
  const made = compileLibrary(compiler, source, join(working, "model.so"));
  if (E.isLeft(made)) {
    rmSync(working, { recursive: true, force: true });
    return made;
  }
  const isKept = keep(made.right, path, folder);
  if (!isKept) return E.right({ path: made.right, isKept: false });
  rmSync(working, { recursive: true, force: true });
  return E.right({ path, isKept: true });
};

/** Where a library stands, and whether it stays there. */
export interface Kept {
  readonly path: string;
  readonly isKept: boolean;
}

/** The digest is written last, and renaming is whole: what has one is complete. */
const keep = (made: string, path: string, folder: string): boolean => {
  try {
    makeFolder(folder);
    if (!isOwn(folder)) return false;
    const data = readFileSync(made);
    const mine = `${path}.${process.pid}`;
    writeFileSync(mine, data, { mode: 0o600 });
    chmodSync(mine, 0o600);
    renameSync(mine, path);
    writeFileSync(`${mine}.sha256`, digest(data), { mode: 0o600 });
    renameSync(`${mine}.sha256`, `${path}.sha256`);
    return true;
  } catch {
    return false;
  }
};

/** Folder by folder: asked for all at once, some systems never answer where none can be made. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
};

const isWhole = (path: string): boolean => {
  try {
    return digest(readFileSync(path)) === readFileSync(`${path}.sha256`, "utf8").trim();
  } catch {
    return false;
  }
};

/** Whether something is no link, belongs to this user, and nobody else may write to it. */
const isOwn = (path: string): boolean => {
  try {
    const { mode, uid } = lstatSync(path);
    const isLink = (mode & 0o170000) === 0o120000;
    return !isLink && (process.platform === "win32" || (uid === userInfo().uid && (mode & 0o022) === 0));
  } catch {
    return false;
  }
};

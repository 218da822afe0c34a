import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file so that, whatever interrupts, its path holds the old bytes or the new and never a part: a temporary
 * file beside it, fsync, rename, fsync of the folder.
 */
export const writeAtomically = (path: string, bytes: Uint8Array): void => {
  const folder = dirname(path);
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(folder, { recursive: true });
  try {
    withFile(temporary, "w", (file) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  withFile(folder, "r", fsyncSync);
};

const withFile = (path: string, flags: string, use: (file: number) => void): void => {
  const file = openSync(path, flags);
  try {
    use(file);
  } finally {
    closeSync(file);
  }
};

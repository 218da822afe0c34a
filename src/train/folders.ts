import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those on its way, and gives the first that was made. Node's own `recursive` never ends where the system
 * says of a folder that is there that it is not, as /proc does.
 */
export const makeFolders = (folder: string): string | undefined => makeResolved(resolve(folder));

const makeResolved = (folder: string): string | undefined => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const parent = dirname(folder);
  const first = parent === folder ? undefined : makeResolved(parent);
  return make(folder) ? (first ?? folder) : first;
};

/** Whether it was made: another may have made it in between. */
const make = (folder: string): boolean => {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !statSync(folder).isDirectory()) throw error;
    return false;
  }
};

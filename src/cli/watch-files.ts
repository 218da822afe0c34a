import { type FSWatcher, readFileSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** What hears of changes of files until it is closed. */
export interface FileWatch {
  /** From now on these files, in place of those before. */
  readonly follow: (files: ReadonlyArray<string>) => void;
  readonly close: () => void;
}

/** An editor writes a file in several steps. */
const usualPause = 60;

/**
 * Calls `changed` when what stands in one of the files is no longer what stood there, once for changes that come together.
 * Folders are watched, not files: many editors put a new file in the place of the old.
 */
export const watchFiles = (changed: () => void, pause = usualPause): FileWatch => {
  let followed: ReadonlyArray<string> = [];
  let seen = "";
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();
  const look = (): void => {
    if (textsOf(followed) !== seen) changed();
  };
  const hear = (folder: string) => (_: string, name: string | null) => {
    if (name !== null && !followed.some((file) => dirname(file) === folder && basename(file) === name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  };
  return {
    follow: (files) => {
      followed = files;
      seen = textsOf(files);
      const folders = new Set(files.map((file) => dirname(file)));
      for (const [folder, watcher] of watchers)
        if (!folders.has(folder)) {
          watcher.close();
          watchers.delete(folder);
        }
      for (const folder of folders) if (!watchers.has(folder)) openWatch(watchers, folder, hear(folder));
    },
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
};

/** A folder that is not there, or goes away, is not watched. */
const openWatch = (
  watchers: Map<string, FSWatcher>,
  folder: string,
  hear: (event: string, name: string | null) => void,
): void => {
  try {
    const watcher = watch(folder, hear);
    watcher.on("error", () => {
      watcher.close();
      watchers.delete(folder);
    });
    watchers.set(folder, watcher);
  } catch {}
};

const textsOf = (files: ReadonlyArray<string>): string =>
  files
    .map((file) => {
      try {
        return JSON.stringify(readFileSync(file, "latin1"));
      } catch {
        return "none";
      }
    })
    .join();

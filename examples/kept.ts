import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

/** Figures by the names of what was measured, kept from one run of a command to the next. */
export interface Kept<A> {
  readonly keep: (name: string, figures: A) => void;
  /** One, or none where it was never measured. */
  readonly find: (name: string) => ReadonlyArray<A>;
}

export const keptAs = <A>(kind: string): Kept<A> => {
  const folder = new URL(`../build/examples/${kind}/`, import.meta.url);
  const fileOf = (name: string): URL => new URL(`${name.replace(/[^a-z0-9]+/gi, "-")}.json`, folder);
  return {
    keep: (name, figures) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(fileOf(name), JSON.stringify(figures));
    },
    find: (name) => (existsSync(fileOf(name)) ? [JSON.parse(readFileSync(fileOf(name), "utf8"))] : []),
  };
};

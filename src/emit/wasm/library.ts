import type { DefinedFunction } from "./assembler.ts";

/** The functions of a module, each made when it is first asked for. */
export interface Library {
  /** The number of the function with this name; it may call itself and others. */
  readonly indexOf: (name: string, make: () => DefinedFunction) => number;
  readonly functions: () => ReadonlyArray<DefinedFunction>;
  /** Their names, in the same order. */
  readonly names: () => ReadonlyArray<string>;
}

export const newLibrary = (): Library => {
  const indices = new Map<string, number>();
  const functions: Array<DefinedFunction | undefined> = [];
  return {
    indexOf: (name, make) => {
      const known = indices.get(name);
      if (known !== undefined) return known;
      const at = functions.push(undefined) - 1;
      indices.set(name, at);
      functions[at] = make();
      return at;
    },
    functions: () => functions.flatMap((item) => item ?? []),
    names: () => [...indices.keys()],
  };
};

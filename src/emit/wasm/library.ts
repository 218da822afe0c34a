import type { DefinedFunction, ImportedFunction } from "./assembler.ts";

/** The functions of a module, each made when it is first asked for. */
export interface Library {
  /** The number of the function with this name; it may call itself and others. */
  readonly indexOf: (name: string, make: () => DefinedFunction) => number;
  readonly functions: () => ReadonlyArray<DefinedFunction>;
  /** Their names, in the same order. */
  readonly names: () => ReadonlyArray<string>;
}

/** What the modules import: functions of JavaScript's `Math`, of which adds and multiplies alone would be slow. */
export const imports: ReadonlyArray<ImportedFunction> = [
  { module: "m", name: "sin", params: ["f64"], result: "f64" },
  { module: "m", name: "cos", params: ["f64"], result: "f64" },
  { module: "m", name: "pow", params: ["f64", "f64"], result: "f64" },
];
export type Imported = "sin" | "cos" | "pow";

export const importIndex = (name: Imported): number => imports.findIndex((item) => item.name === name);

export const newLibrary = (): Library => {
  const indices = new Map<string, number>();
  const functions: Array<DefinedFunction | undefined> = [];
  return {
    indexOf: (name, make) => {
      const known = indices.get(name);
      if (known !== undefined) return known;
      const at = functions.push(undefined) - 1;
      indices.set(name, imports.length + at);
      functions[at] = make();
      return imports.length + at;
    },
    functions: () => functions.flatMap((item) => item ?? []),
    names: () => [...indices.keys()],
  };
};

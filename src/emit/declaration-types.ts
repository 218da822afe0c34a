import { readFileSync } from "node:fs";

/** The types that all modules share, in the words of `interface.ts` itself, and lists of numbers of any kind. */
export const publicTypes = (): string =>
  [...declarations().filter((text) => shared.some((name) => declares(text, name))), numbers].join("\n\n");

const shared = [
  "Precision",
  "Values",
  "Shaped",
  "Nested",
  "ModelInfo",
  "VariableInfo",
  "NoiseInfo",
  "RandomInfo",
  "RequiredPosition",
  "LengthLimit",
  "InitialiserInfo",
  "Batch",
  "Output",
  "State",
  "GenerateOptions",
  "OneOrMany",
  "Generated",
] as const;

const numbers = "export type Numbers = ReadonlyArray<number> | Values | Int32Array;";

/** Every declaration of the interface with its comment. */
const declarations = (): ReadonlyArray<string> =>
  readFileSync(new URL("./interface.ts", import.meta.url), "utf8")
    .split(/\n(?=\/\*\*|export )(?<!\*\/\n)/)
    .map((text) => text.trim());

const declares = (text: string, name: string): boolean =>
  new RegExp(`^export (type|interface) ${name}\\b`, "m").test(text);

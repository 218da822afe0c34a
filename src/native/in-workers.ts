import { createRequire } from "node:module";
import { prototypeOf } from "./prototype.ts";

/** In the place of a name in a prototype: no name has it. */
const anyName = "$NAME";

/**
 * The text of a script that gives a worker what loads the libraries which this process has loaded: a worker compiles
 * nothing, and imports nothing but koffi.
 */
export const loaderInWorkers = (paths: ReadonlyMap<string, string>): string => {
  const prototypes = { f32: prototypeOf(anyName, "f32"), f64: prototypeOf(anyName, "f64") };
  const koffi = createRequire(import.meta.url).resolve("koffi");
  return `{
  const { createRequire } = process.getBuiltinModule("node:module");
  const { createHash } = process.getBuiltinModule("node:crypto");
  const koffi = createRequire(${JSON.stringify(koffi)})(${JSON.stringify(koffi)});
  const paths = ${JSON.stringify(Object.fromEntries(paths))};
  const prototypes = ${JSON.stringify(prototypes)};
  globalThis[Symbol.for("rnnc.native")] = (text, precision) => {
    const library = koffi.load(paths[createHash("sha256").update(text).digest("hex")]);
    return (name) => library.func(prototypes[precision].replace(${JSON.stringify(anyName)}, name));
  };
}`;
};

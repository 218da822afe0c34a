import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** A file with all that it imports as one ES module that imports nothing, of which only what is used is taken. */
export const bundledScript = (path: string): string =>
  buildSync({
    absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
    entryPoints: [path],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    // The same library as modules, of which only what is used is taken.
    alias: { "fp-ts/lib": "fp-ts/es6" },
    logLevel: "warning",
  }).outputFiles[0]!.text;

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Target } from "../../src/emit/program.ts";
import { compiledProgram } from "../task.ts";

/** Bytes of the module that W1 compiles to, as it is and minified; null where the minifier is not installed. */
export interface ModuleSize {
  readonly target: Target;
  readonly raw: number;
  readonly gzipped: number;
  readonly minified: number | null;
  readonly minifiedGzipped: number | null;
}

export const moduleSizes = (): ReadonlyArray<ModuleSize> =>
  (["js", "wasm"] as const).map((target) => {
    const text = compiledProgram({ file: "./workloads/w1.rnn", iteration: "gradient" }, target).moduleText;
    const small = minified(text);
    return {
      target,
      raw: Buffer.byteLength(text),
      gzipped: gzipSync(text).length,
      minified: small === null ? null : Buffer.byteLength(small),
      minifiedGzipped: small === null ? null : gzipSync(small).length,
    };
  });

const minifier = fileURLToPath(new URL("../peers/node_modules/.bin/esbuild", import.meta.url));

const minified = (text: string): string | null => {
  const { status, stdout } = spawnSync(minifier, ["--minify", "--format=esm", "--loader=js"], {
    input: text,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return status === 0 ? stdout : null;
};

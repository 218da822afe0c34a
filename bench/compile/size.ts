import { gzipSync } from "node:zlib";
import { minified } from "../../src/cli/minified.ts";
import type { Target } from "../../src/emit/program.ts";
import { compiledProgram } from "../task.ts";

/** Bytes of the module that W1 compiles to, as `rnnc compile` writes it and as it is printed with `--readable`. */
export interface ModuleSize {
  readonly target: Target;
  readonly written: number;
  readonly writtenGzipped: number;
  readonly readable: number;
  readonly readableGzipped: number;
}

export const moduleSizes = (): ReadonlyArray<ModuleSize> =>
  (["js", "wasm"] as const).map((target) => {
    const text = compiledProgram({ file: "./workloads/w1.rnn", iteration: "gradient" }, target).moduleText;
    const small = minified(text);
    return {
      target,
      written: Buffer.byteLength(small),
      writtenGzipped: gzipSync(small).length,
      readable: Buffer.byteLength(text),
      readableGzipped: gzipSync(text).length,
    };
  });

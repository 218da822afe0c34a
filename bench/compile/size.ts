import { gzipSync } from "node:zlib";
import { minified } from "../../src/cli/minified.ts";
import type { CompileOptions } from "../../src/compile.ts";
import type { Target } from "../../src/emit/targets.ts";
import { compiledProgram } from "../task.ts";

/** Bytes of a module of W1, as `rnnc compile` writes it and as it is printed with `--readable`. */
export interface ModuleSize {
  readonly target: Target;
  readonly what: string;
  readonly written: number;
  readonly writtenGzipped: number;
  readonly readable: number;
  readonly readableGzipped: number;
  readonly binaryGzipped: number;
}

/** What a user may want of W1: all of it; to train it, as the workload does; or to let it write. */
const wanted: ReadonlyArray<{ readonly what: string } & Pick<CompileOptions, "exports" | "optimiser">> = [
  { what: "all functions" },
  { what: "all, and `trainer` by Adam", optimiser: "adam" },
  { what: "`init`, `pack`, `trainer` by Adam", exports: ["init", "pack", "trainer"], optimiser: "adam" },
  { what: "`init`, `pack`, `gradient`", exports: ["init", "pack", "gradient"] },
  { what: "`generate`", exports: ["generate"] },
];

/** The WebAssembly that a module carries in base64. */
const binaryOf = (text: string): Buffer => Buffer.from(/wasmModule\("([^"]*)"\)/.exec(text)?.[1] ?? "", "base64");

export const moduleSizes = (): ReadonlyArray<ModuleSize> =>
  (["js", "wasm"] as const).flatMap((target) =>
    wanted.map(({ what, ...options }) => {
      const program = { file: "./workloads/w1.rnn", iteration: "gradient" } as const;
      const text = compiledProgram(program, target, options).moduleText;
      const small = minified(text);
      return {
        target,
        what,
        written: Buffer.byteLength(small),
        writtenGzipped: gzipSync(small).length,
        readable: Buffer.byteLength(text),
        readableGzipped: gzipSync(text).length,
        binaryGzipped: gzipSync(binaryOf(text)).length,
      };
    }),
  );

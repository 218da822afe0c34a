import { assemble } from "../src/emit/wasm/assembler.ts";
import { define, doWhile, get, increase, int, set } from "../src/emit/wasm/frame.ts";
import { vectorOperations } from "../src/emit/wasm/vector-operations.ts";
import type { Precision } from "../src/runtime/interface.ts";
import { handWritten } from "./peers/hand-written.js";

const turns = 100_000;
const chains = 12;

/** What does nothing but multiply and add; `flops` are those of one run. */
export interface Peak {
  readonly run: () => void;
  readonly flops: number;
}

/**
 * The most that 128-bit vectors can do: multiplies and adds in registers, enough of them in flight that none waits for
 * another.
 */
export const peak = (precision: Precision): Peak => {
  const { lanes, load, store, add, mul } = vectorOperations[precision];
  const bytes = assemble({
    functions: [
      define({ params: [] }, (frame) => {
        const count = frame.local("i32");
        const factor = frame.local("v128");
        const sums = Array.from({ length: chains }, () => frame.local("v128"));
        return [
          set(count, int.constant(turns)),
          set(factor, load(int.constant(0))),
          doWhile(
            [sums.map((sum) => set(sum, add(get(sum), mul(get(factor), get(sum))))), increase(count, int.constant(-1))],
            get(count),
          ),
          sums.map((sum) => store(int.constant(0), get(sum))),
        ];
      }),
    ],
    exports: [{ name: "run", index: 0 }],
  });
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as { run: () => void };
  return { run, flops: 2 * lanes * chains * turns };
};

/** The same with the widest vectors that the machine has, in single precision; nothing without a compiler. */
export const nativePeak = (): Peak | undefined => {
  try {
    const library = handWritten("peak.c");
    const values = new Float32Array(16);
    const run = library.func("void peak_run(float *out, int turns)");
    return { run: () => void run(values, turns), flops: library.func("int peak_flops(int turns)")(turns) };
  } catch {
    return undefined;
  }
};

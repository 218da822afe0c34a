import assert from "node:assert/strict";
import { assemble, type DefinedFunction } from "../../src/emit/wasm/assembler.ts";
import { call, define, get, increase, int, repeatWhile } from "../../src/emit/wasm/frame.ts";
import type { Operations } from "../../src/emit/wasm/operations.ts";
import { count, type Numbers } from "./elementary-arguments.ts";

/** Applies a function in place to `count` numbers at address 0, and as many second arguments after them. */
export const applied = (
  fn: DefinedFunction,
  operations: Operations,
): ((numbers: Numbers, others?: Numbers) => void) => {
  const size = count * operations.bytes;
  const bytes = assemble({
    functions: [
      fn,
      define({ params: [] }, (frame) => {
        const at = frame.local("i32");
        const operands = fn.params.map((_, i) => operations.load(get(at), i * size));
        return repeatWhile(int.less(get(at), int.constant(size)), [
          operations.store(get(at), call(0, ...operands)),
          increase(at, int.constant(operations.lanes * operations.bytes)),
        ]);
      }),
    ],
    exports: [{ name: "run", index: 1 }],
  });
  assert.ok(WebAssembly.validate(bytes));
  const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as {
    memory: WebAssembly.Memory;
    run: () => void;
  };
  memory.grow(16);
  return (numbers, others) => {
    const at = (i: number): Numbers =>
      operations.precision === "f32"
        ? new Float32Array(memory.buffer, i * size, count)
        : new Float64Array(memory.buffer, i * size, count);
    at(0).set(numbers);
    if (others !== undefined) at(1).set(others);
    run();
    numbers.set(at(0));
  };
};

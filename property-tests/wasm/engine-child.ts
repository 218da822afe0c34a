import { compile } from "../../src/compile.ts";
import type { Compiled } from "../../src/module/compiled.ts";

/** Compiles and runs a small model in engines that lack more and more of WebAssembly, and prints what comes of it. */
const source = `model M(n = 5) {
  axis t in 1..T
  input x[t] : R[n]
  param W
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + x[t])
  minimize sum[t](sumsq(h[t]))
}`;

const model = (options: Parameters<typeof compile>[1]): Compiled => {
  const compiled = compile(source, options);
  if (compiled._tag === "Left") throw new Error(compiled.left[0].message);
  return compiled.right;
};

const lossOf = ({ init, pack, loss }: Compiled): number | string => {
  try {
    return loss(init(1), pack([{ x: [1, 2, 3].map((t) => [t, 0.5, -t, 0.25, 1]) }]));
  } catch (error) {
    return String(error);
  }
};

const results = () => ({ chosen: lossOf(model({})), asked: lossOf(model({ target: "wasm" })) });

const engine = globalThis as unknown as { WebAssembly?: unknown };
const whole = results();
engine.WebAssembly = {
  validate: () => false,
  Module: class {
    constructor() {
      throw new Error("Invalid opcode 0xfd");
    }
  },
};
const withoutVectors = results();
delete engine.WebAssembly;
console.log(JSON.stringify({ whole, withoutVectors, without: results() }));

import { readFileSync } from "node:fs";
import { isLeft } from "fp-ts/lib/Either.js";
import { compile } from "../src/compile.ts";

/**
 * What stays on the heap after many steps of training W2, beyond what stood there when the engine had seen enough of
 * them. Run with `--expose-gc`; the arguments are the steps before the first look and those after it. Prints JSON.
 */
const [warm = 1000, steps = 10_000] = process.argv.slice(2).map(Number);

const source = readFileSync(new URL("./workloads/w2.rnn", import.meta.url), "utf8");
const compiled = compile(source, { file: "w2.rnn", optimiser: "sgd" });
if (isLeft(compiled)) throw new Error(JSON.stringify(compiled.left));
const model = compiled.right;
const batch = model.pack([
  {
    x: Array.from({ length: 20 }, (_, t) => Array.from({ length: 4 }, (_, i) => Math.sin(4 * t + i))),
    y: Array.from({ length: 20 }, (_, t) => t % 3),
  },
]);
const training = model.trainer(model.init(1));
const train = (count: number) => {
  for (let i = 0; i < count; i++) training.step(batch, { rate: 1e-3, clip: 1 });
};

/** Twice: what the first collection finalises the second takes away. */
const standing = () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { heapUsed, outside: external + arrayBuffers };
};

train(warm);
const before = standing();
train(steps);
const after = standing();
console.log(
  JSON.stringify({
    steps,
    heapGrowth: after.heapUsed - before.heapUsed,
    outsideGrowth: after.outside - before.outside,
    heapUsed: after.heapUsed,
  }),
);

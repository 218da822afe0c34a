import { readFileSync } from "node:fs";
import { isLeft } from "fp-ts/lib/Either.js";
import { compile } from "../src/compile.ts";

/**
 * The memory that a gradient of W6 takes, T = 10000: what the process holds at its peak beyond what it held when the
 * program was compiled and run once on a short sequence. Prints JSON, in bytes.
 */
const source = readFileSync(new URL("./workloads/w6.rnn", import.meta.url), "utf8");
const compiled = compile(source, { file: "w6.rnn" });
if (isLeft(compiled)) throw new Error(JSON.stringify(compiled.left));
const model = compiled.right;
const params = model.init(1);
const vectors = (count: number, size: number) => ({
  shape: [count, size],
  data: Float32Array.from({ length: count * size }, (_, i) => Math.sin(i)),
});
const gradientOf = (T: number) => model.gradient(params, model.pack([{ x: vectors(T, 8), g: vectors(T, 64) }]));

gradientOf(2);
globalThis.gc?.();
const before = process.memoryUsage().rss;
gradientOf(10_000);
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ compiler: before, peak, ofTheGradient: peak - before }));

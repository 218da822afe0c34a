import type { Target } from "../emit/targets.ts";
import { nativeProblem } from "./index.ts";

let isTold = false;

/** A target as it can run on this machine: where no native code can, WebAssembly is taken, and it is said once. */
export const runnableTarget = (target: Target): Target => {
  const problem = target === "native" ? nativeProblem() : undefined;
  if (problem === undefined) return target;
  if (!isTold) process.stderr.write(`note: no native code runs here, so WebAssembly is taken: ${problem}.\n`);
  isTold = true;
  return "wasm";
};

import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { compiledProgram } from "../property/programs.ts";

/** Models on two threads, each used and dropped; prints how many threads of the process are left, with one model and with six. */
const source = `model M {
  axis t in 1..T
  input x[t] : R
  param w
  h[0] = 0
  h[t] = tanh(w * h[t-1] + x[t])
  minimize h[T]
}`;

const useOne = async (): Promise<void> => {
  const model = compiledProgram(source, { threads: 2, target: "js" });
  const [params, batch] = [model.init(1), model.pack([{ x: [1, 2] }, { x: [3] }])];
  model.gradient(params, batch);
  await setTimeout(50);
  model.gradient(params, batch);
};

const threadsAfter = async (models: number): Promise<number> => {
  for (let i = 0; i < models; i += 1) await useOne();
  for (let i = 0; i < 3; i += 1) {
    await setTimeout(100);
    (globalThis as { gc?: () => void }).gc?.();
    await setTimeout(100);
  }
  return readdirSync("/proc/self/task").length;
};

console.log(JSON.stringify([await threadsAfter(1), await threadsAfter(5)]));

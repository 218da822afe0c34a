import { longestOf } from "../src/circuit/block-count.ts";
import type { LoopProgram } from "../src/loops/loops.ts";
import { schedule } from "../src/schedule/schedule.ts";
import { operationsIn } from "./flops.ts";
import { blockLength, compiledProgram, examplesOf, type Workload } from "./task.ts";

/** The floating-point operations of one iteration, as rnnc does it, and those of its products alone. */
export interface Work {
  readonly flops: number;
  readonly products: number;
}

export const workOf = (workload: Workload): Work => {
  const compiled = compiledProgram(workload.program, "js");
  const { train, gradient, step, process } = compiled.circuits;
  if (workload.program.iteration === "step") return work(schedule(step!), [1], 1);
  if (workload.program.iteration === "generate") return work(schedule(step!), [1], 1000);
  if (workload.program.iteration === "process") return work(schedule(process!), [1, blockLength], 1);
  const program = schedule(workload.program.iteration === "gradient" ? gradient! : train!);
  const { size, longest } = compiled.pack(examplesOf(workload));
  return work(program, [size, ...program.lengths.map((name) => longestOf(longest, name)!)], 1);
};

const work = (program: LoopProgram, dims: ReadonlyArray<number>, times: number): Work => {
  const { flops, products, functions } = operationsIn(program, dims);
  return { flops: times * (flops + functions), products: times * products };
};

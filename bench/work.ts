import { schedule } from "../src/schedule/schedule.ts";
import { flopsOf } from "./flops.ts";
import { compiledProgram, examplesOf, type Workload } from "./task.ts";

/** The floating-point operations of one iteration, as rnnc does it. */
export const workOf = (workload: Workload): number => {
  const compiled = compiledProgram(workload.program, "js");
  const { train, gradient, step } = compiled.circuits;
  if (workload.program.iteration === "step") return flopsOf(schedule(step!), [1]);
  if (workload.program.iteration === "generate") return 1000 * flopsOf(schedule(step!), [1]);
  const program = schedule(workload.program.iteration === "gradient" ? gradient! : train!);
  const { size, longest } = compiled.pack(examplesOf(workload));
  return flopsOf(program, [size, ...program.lengths.map((name) => longest[name]!)]);
};

import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { iterations } from "../iterations.ts";
import { peak } from "../peak.ts";
import { timingOf } from "../statistics.ts";
import { compiledProgram, examplesOf, type Workload } from "../task.ts";
import { workOf } from "../work.ts";

/** Where an iteration's time goes. */
export interface Profile {
  readonly workload: string;
  readonly milliseconds: number;
  /** For each function, the part of all samples in its own code; the greatest first. */
  readonly shares: ReadonlyArray<{ readonly name: string; readonly share: number }>;
  /** Milliseconds of its products alone, as fast as 128-bit vectors were before and after the samples were taken. */
  readonly bound: number;
}

/** A profile of so many milliseconds of iterations, after as many without one. */
export const profileOf = async (workload: Workload, milliseconds: number): Promise<Profile> => {
  const compiled = compiledProgram(workload.program, "wasm", { names: true });
  const { run } = iterations[workload.program.iteration](compiled, compiled.init(1), examplesOf(workload));
  timesOf(run, milliseconds);
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 500 });
  const limits = [limit()];
  await session.post("Profiler.start");
  const times = timesOf(run, milliseconds);
  const { profile } = await session.post("Profiler.stop");
  limits.push(limit());
  session.disconnect();
  const flopsPerMillisecond = limits.reduce((sum, each) => sum + each, 0) / limits.length;
  return {
    workload: workload.name,
    milliseconds: timingOf(times).median,
    shares: sharesIn(profile),
    bound: workOf(workload).products / flopsPerMillisecond,
  };
};

const timesOf = (run: () => void, milliseconds: number): ReadonlyArray<number> => {
  const times: number[] = [];
  const start = performance.now();
  for (let from = start; from - start < milliseconds; ) {
    run();
    const now = performance.now();
    times.push(now - from);
    from = now;
  }
  return times;
};

/** Floating-point operations a millisecond, at the most. */
const limit = (): number => {
  const { run, flops } = peak("f32");
  return flops / timingOf(timesOf(run, 300)).median;
};

const sharesIn = ({ nodes }: Profiler.Profile): Profile["shares"] => {
  const counts = new Map<string, number>();
  for (const { hitCount = 0, callFrame } of nodes)
    counts.set(callFrame.functionName, (counts.get(callFrame.functionName) ?? 0) + hitCount);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .map(([name, count]) => ({ name, share: count / all }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share);
};

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CompileOptions } from "../src/compile.ts";
import { table, writeSection } from "./markdown.ts";
import { timingOf } from "./statistics.ts";
import { compiledProgram, examplesOf, type Workload } from "./task.ts";
import { workloads } from "./workloads.ts";

/** What gradients keep in memory, what is left of it after training, and what a process needs at its peak. */
export const runMemory = (options: { readonly quick: boolean; readonly json: boolean }): void => {
  const buffers = workloads.filter(({ program }) => !["step", "process", "generate"].includes(program.iteration));
  const sizes = buffers.map((workload) => ({ name: workload.name, bytes: ways.map((way) => bytesOf(workload, way)) }));
  const heap = measured("heap.ts", "1000", options.quick ? "1000" : "10000");
  const peak = measured("peak-memory.ts");
  const text = [
    "Written by `npm run bench -- memory`.",
    table(
      ["gradient, kB", ...ways.map(({ title }) => title)],
      sizes.map(({ name, bytes }) => [name, ...bytes.map((each) => (each / 1000).toFixed(0))]),
    ),
    "The same for sequences of 10,000 positions, and the time that the gradient of W1 takes, in that of keeping all:",
    table(
      ["gradient, kB", ...kept.map(({ title }) => title)],
      [
        ...buffers.map((workload) => [
          workload.name,
          ...kept.map((way) => (bytesOf(workload, way, 10_000) / 1000).toFixed(0)),
        ]),
        ["time", ...timesOf(kept).map((time) => time.toFixed(2))],
      ],
    ),
    `${heap.steps} steps of training W2 leave ${heap.heapGrowth} bytes on a heap of ${heap.heapUsed}, and ${heap.outsideGrowth} in arrays.`,
    `W6 takes ${(peak.ofTheGradient! / 2 ** 20).toFixed(1)} MB at its peak, data and results included; the compiler had taken ${(peak.compiler! / 2 ** 20).toFixed(0)} MB.`,
  ].join("\n\n");
  if (!options.quick) writeSection("memory", text);
  console.log(options.json ? JSON.stringify({ sizes, heap, peak }, null, 2) : text);
};

interface Way {
  readonly title: string;
  readonly options: Pick<CompileOptions, "memory" | "without">;
}

const kept: ReadonlyArray<Way> = [
  { title: "all kept", options: {} },
  { title: "states", options: { memory: "states" } },
  { title: "every:16", options: { memory: "every:16" } },
  { title: "every:100", options: { memory: "every:100" } },
];

const ways: ReadonlyArray<Way> = [
  { title: "a buffer for every value", options: { without: ["shared-memory", "carried-rows"] } },
  { ...kept[0]!, title: "shared" },
  ...kept.slice(1, 3),
];

/** Of the gradient, for the examples of a workload or for as many that are longer. */
const bytesOf = (workload: Workload, { options }: Way, length?: number): number => {
  const model = compiledProgram(workload.program, "wasm", options);
  const { size, longest } = model.pack(examplesOf(workload));
  const lengths = Object.fromEntries(Object.entries(longest).map(([name, own]) => [name, length ?? own]));
  return model.bytes("gradient", { batch: size, lengths });
};

/** The time of W1's gradient in each way, taken in turn, over that in the first. */
const timesOf = (compared: ReadonlyArray<Way>): ReadonlyArray<number> => {
  const workload = workloads.find(({ name }) => name === "W1")!;
  const examples = examplesOf(workload);
  const runs = compared.map(({ options }) => {
    const model = compiledProgram(workload.program, "wasm", options);
    const [params, batch] = [model.init(1), model.pack(examples)];
    return () => void model.gradient(params, batch);
  });
  const rounds = Array.from({ length: 30 }, () =>
    runs.map((run) => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  ).slice(10);
  const medians = runs.map((_, i) => timingOf(rounds.map((round) => round[i]!)).median);
  return medians.map((median) => median / medians[0]!);
};

/** What a measuring program prints, in a process of its own. */
const measured = (program: string, ...words: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const { stdout } = spawnSync(process.execPath, ["--expose-gc", "--import", "tsx", file, ...words], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(stdout);
};

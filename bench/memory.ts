import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CompileOptions } from "../src/compile.ts";
import { table, writeSection } from "./markdown.ts";
import { compiledProgram, examplesOf, type Workload } from "./task.ts";
import { workloads } from "./workloads.ts";

/** What gradients keep in memory, what is left of it after training, and what a process needs at its peak. */
export const runMemory = (options: { readonly quick: boolean; readonly json: boolean }): void => {
  const buffers = workloads.filter(({ program }) => program.iteration !== "step" && program.iteration !== "generate");
  const sizes = buffers.map((workload) => ({ name: workload.name, bytes: ways.map((way) => bytesOf(workload, way)) }));
  const heap = measured("heap.ts", "1000", options.quick ? "1000" : "10000");
  const peak = measured("peak-memory.ts");
  const text = [
    "Written by `npm run bench -- memory`.",
    table(
      ["gradient, kB", "a buffer for every value", "shared", "shared, states only"],
      sizes.map(({ name, bytes }) => [name, ...bytes.map((each) => (each / 1000).toFixed(0))]),
    ),
    `${heap.steps} steps of training W2 leave ${heap.heapGrowth} bytes on a heap of ${heap.heapUsed}, and ${heap.outsideGrowth} in arrays.`,
    `W6 takes ${(peak.ofTheGradient! / 2 ** 20).toFixed(1)} MB at its peak, data and results included; the compiler had taken ${(peak.compiler! / 2 ** 20).toFixed(0)} MB.`,
  ].join("\n\n");
  if (!options.quick) writeSection("memory", text);
  console.log(options.json ? JSON.stringify({ sizes, heap, peak }, null, 2) : text);
};

const ways: ReadonlyArray<Pick<CompileOptions, "memory" | "without">> = [
  { without: ["shared-memory", "carried-rows"] },
  {},
  { memory: "states" },
];

const bytesOf = (workload: Workload, way: (typeof ways)[number]): number => {
  const model = compiledProgram(workload.program, "wasm", way);
  const { size, longest } = model.pack(examplesOf(workload));
  return model.bytes("gradient", { batch: size, lengths: longest });
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

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Prepared, prepare, type Workload, workloads } from "./workloads.ts";

/** Milliseconds of an iteration: the median and the tenth and ninetieth percentile. */
interface Timing {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

interface Peer {
  readonly variants: Readonly<Record<string, Timing>>;
  readonly loss: number | null;
}

/** At least 20 warm iterations, for a second and a half. */
const measure = (run: () => void): Timing => {
  const warmUntil = performance.now() + 700;
  let inner = 1;
  for (let runs = 0; runs < 3 || performance.now() < warmUntil; runs++) {
    const from = performance.now();
    for (let i = 0; i < inner; i++) run();
    if (performance.now() - from < 1) inner *= 2;
  }
  const found: number[] = [];
  const until = performance.now() + 1500;
  while (found.length < 20 || performance.now() < until) {
    const from = performance.now();
    for (let i = 0; i < inner; i++) run();
    found.push((performance.now() - from) / inner);
  }
  found.sort((a, b) => a - b);
  const at = (share: number) => found[Math.floor(share * (found.length - 1))]!;
  return { median: at(0.5), p10: at(0.1), p90: at(0.9) };
};

/** PyTorch on the same parameters and data, in a process of its own; undefined where it is not installed. */
const pytorch = (workload: Workload, { params, examples }: Prepared): Peer | undefined => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-bench-"));
  const file = join(folder, "workload.json");
  const asLists = Object.fromEntries(Object.entries(params).map(([path, values]) => [path, Array.from(values)]));
  writeFileSync(file, JSON.stringify({ name: workload.name, params: asLists, examples }));
  const script = new URL("./peers/pytorch.py", import.meta.url).pathname;
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
  const { status, stdout, stderr } = spawnSync("/usr/bin/python3", [script, file], {
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  rmSync(folder, { recursive: true });
  if (status === 0) return JSON.parse(stdout) as Peer;
  process.stderr.write(`PyTorch is missing or failed on ${workload.name}: ${stderr.trim().split("\n").at(-1) ?? ""}\n`);
  return undefined;
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const withJavascript = process.argv.includes("--js");
const shown = (ms: number) => (ms < 0.1 ? ms.toPrecision(3) : ms.toFixed(ms < 10 ? 3 : 1));

const rows: string[][] = [
  [
    "",
    "rnnc wasm ms (p10..p90)",
    "GFLOP/s",
    ...(withJavascript ? ["rnnc js ms"] : []),
    "PyTorch ms",
    "variant",
    "ratio",
    "first loss",
  ],
];
for (const workload of workloads.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const wasm = prepare(workload, "f32", "wasm");
  const peer = pytorch(workload, wasm);
  const own = measure(wasm.run);
  const js = withJavascript ? [shown(measure(prepare(workload, "f32", "js").run).median)] : [];
  const [variant, best] = Object.entries(peer?.variants ?? {}).sort(([, a], [, b]) => a.median - b.median)[0] ?? [];
  const losses =
    wasm.loss === undefined || peer?.loss == null
      ? ""
      : Math.abs(wasm.loss - peer.loss) <= 1e-4 * Math.max(1, Math.abs(peer.loss))
        ? "equal"
        : `${wasm.loss} / ${peer.loss}`;
  rows.push([
    workload.name,
    `${shown(own.median)} (${shown(own.p10)}..${shown(own.p90)})`,
    (workload.megaflops / own.median).toFixed(1),
    ...js,
    best === undefined ? "missing" : shown(best.median),
    variant ?? "",
    best === undefined ? "" : (own.median / best.median).toFixed(3),
    losses,
  ]);
}
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column]!)).join("  "));

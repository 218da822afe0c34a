import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agree } from "./agreement.ts";
import { nativePeak, type Peak, peak } from "./peak.ts";
import type { Peer } from "./peers.ts";
import { measured, type Plan, type Result } from "./rounds.ts";
import type { Timing } from "./statistics.ts";
import { taskOf, type Workload } from "./task.ts";
import { workOf } from "./work.ts";

/** A workload's measurements: rnnc and its peers in the same run. */
export interface Comparison {
  readonly workload: string;
  readonly title: string;
  /** The floating-point operations that rnnc does in an iteration. */
  readonly flops: number;
  readonly own: Achieved;
  /** The same for native code, beside the widest vectors; nothing where it was not measured. */
  readonly native: Achieved;
  readonly standings: ReadonlyArray<Standing>;
}

/** What a target of rnnc's came to; null where it was not measured. */
export interface Achieved {
  /** Operations a second, in thousands of millions: rnnc's, and the most that vectors did in the same rounds. */
  readonly speed: number | null;
  readonly limit: number | null;
  /** Milliseconds that its products alone would take as fast as that. */
  readonly bound: number | null;
}

/** What a peer came to with its fastest variant; `agrees`: whether its outcome is rnnc's. */
export interface Standing {
  readonly peer: string;
  readonly version: string;
  readonly reason?: string;
  readonly agrees?: boolean;
  readonly best?: { readonly variant: string; readonly timing: Timing };
  readonly variants: Readonly<Record<string, Timing>>;
}

export const compared = async (workload: Workload, peers: ReadonlyArray<Peer>, plan: Plan): Promise<Comparison> => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-bench-"));
  const taskFile = join(folder, "task.json");
  writeFileSync(taskFile, JSON.stringify(taskOf(workload)));
  const results = await measured(peers, taskFile, plan).finally(() => rmSync(folder, { recursive: true }));
  const own = results.find(({ peer }) => peer === "rnnc")!;
  const { flops, products } = workOf(workload);
  const achieved = (peer: string, variant: string, most: Peak | undefined): Achieved => {
    const timingOf = (name: string) =>
      results.find((result) => result.peer === peer)?.variants.find((each) => each.name === name)?.timing.median;
    const speedOf = (work: number | undefined, ms: number | undefined) =>
      work === undefined || ms === undefined ? null : work / ms / 1e6;
    const limit = speedOf(most?.flops, timingOf("limit"));
    return {
      speed: speedOf(flops, timingOf(variant)),
      limit,
      bound: limit === null ? null : products / limit / 1e6,
    };
  };
  return {
    workload: workload.name,
    title: workload.title,
    flops,
    own: achieved("rnnc", "wasm", peak("f32")),
    native: achieved("rnnc native", "native", nativePeak()),
    standings: results.map(standingBeside(own)),
  };
};

const standingBeside =
  (own: Result) =>
  ({ peer, introduction, failure, variants: all }: Result): Standing => {
    const variants = all.filter(({ name }) => name !== "limit");
    const timings = Object.fromEntries(variants.map(({ name, timing }) => [name, timing]));
    if (introduction.tag === "missing") return { peer, version: "", reason: introduction.reason, variants: timings };
    const { version } = introduction;
    if (introduction.tag === "cannot") return { peer, version, reason: introduction.reason, variants: timings };
    const [first] = variants.toSorted((a, b) => a.timing.median - b.timing.median);
    return {
      peer,
      version,
      ...(own.introduction.tag === "ready" ? { agrees: agree(introduction.outcome, own.introduction.outcome) } : {}),
      ...(first === undefined ? { reason: failure } : { best: { variant: first.name, timing: first.timing } }),
      variants: timings,
    };
  };

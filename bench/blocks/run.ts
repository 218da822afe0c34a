import { circumstances } from "../circumstances.ts";
import { compared } from "../comparison.ts";
import { table, writeSection } from "../markdown.ts";
import { peers } from "../peers.ts";
import { besideAll } from "../report.ts";
import { quick, thorough } from "../rounds.ts";
import { significant } from "../statistics.ts";
import { workloads } from "../workloads.ts";
import { type Measured, measured } from "./measure.ts";

/** What blocks of positions save of a recurrence that is linear in a matrix, as a table in README.md. */
export const runBlocks = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const found = await measured(options.quick);
  const workload = workloads.find(({ name }) => name === "W8")!;
  const beside = peers.filter(({ name }) => name.startsWith("rnnc") || name.startsWith("PyTorch"));
  const comparison = await compared(workload, beside, options.quick ? quick : thorough);
  const text = [
    "Written by `npm run bench -- blocks`.",
    blocksTable(found),
    "W8 itself, beside a loop over positions in PyTorch, as it is or traced, whichever is faster:",
    besideAll([comparison]),
    `${circumstances([comparison])}.`,
  ].join("\n\n");
  if (!options.quick) writeSection("blocks", text);
  console.log(options.json ? JSON.stringify({ found, comparison }, null, 2) : text);
};

const blocksTable = (found: ReadonlyArray<Measured>): string =>
  table(
    [
      "equations",
      "state",
      "positions",
      "target",
      "position by position, ms",
      "in blocks, ms",
      "ratio",
      "MB",
      "in blocks, MB",
    ],
    found.map(({ title, n, T, target, plain, blocks }) => [
      title,
      `${n} x ${n}`,
      String(T),
      target,
      significant(plain.timing.median),
      significant(blocks.timing.median),
      (blocks.timing.median / plain.timing.median).toFixed(2),
      (plain.bytes / 1e6).toFixed(1),
      (blocks.bytes / 1e6).toFixed(1),
    ]),
  );

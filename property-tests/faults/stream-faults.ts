import { type Fault, faultsOf } from "./fault.ts";

const blocks = faultsOf("runtime/block.js");
const checks = faultsOf("runtime/block-check.js");
const places = faultsOf("runtime/places.js");
const rows = faultsOf("emit/wasm/product/row-of-panels.ts");
const loops = faultsOf("module/programs.ts");
const chunks = faultsOf("transform/resumable.ts");

/** Mistakes with streams in blocks, and with the order of sums that makes steps, blocks and the whole the same. */
export const streamFaults: ReadonlyArray<Fault> = [
  blocks(
    "a stream that begins anew takes the next one along",
    "(o * streams + b + 1) * inner",
    "(o * streams + b + 2) * inner",
  ),
  blocks("positions are not counted on from block to block", "(bound.positions[b]) + n", "(bound.positions[b])"),
  checks("symbols that are none are taken by a stream", "value <= most", "value <= most + 1"),
  places(
    "the second stream is read where the first stands",
    "(b * all + done + t) * cells;\n      const to = base",
    "(done + t) * cells;\n      const to = base",
  ),
  rows(
    "columns that fill no panel are left out",
    "int.constant(1)), [\n        when(get(given.isAdded)",
    "int.constant(2)), [\n        when(get(given.isAdded)",
  ),
  loops(
    "steps take their sums as they like",
    '["forward", "start", "step", "process"]',
    '["forward", "start", "process"]',
  ),
  chunks("a pass forward leaves what only a loss depends on", 'role !== "state" || read.has(name)', "true"),
];

import { parseArgs } from "node:util";
import { runBlocks } from "./blocks/run.ts";
import { processor } from "./circumstances.ts";
import { type Comparison, compared } from "./comparison.ts";
import { runCompile } from "./compile/run.ts";
import { runCost } from "./cost/run.ts";
import { runHostile } from "./hostile/run.ts";
import { writeSection } from "./markdown.ts";
import { runMemory } from "./memory.ts";
import { runMixture } from "./mixture/run.ts";
import { runObjectives } from "./objectives/run.ts";
import { peers, rnnc } from "./peers.ts";
import { runProfile } from "./profile/run.ts";
import { reportText } from "./report.ts";
import { quick, thorough } from "./rounds.ts";
import { runStart } from "./start.ts";
import { runThreads } from "./threads.ts";
import { workloads } from "./workloads.ts";

/** `npm run bench`; see README.md beside this file. */
const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    peers: { type: "string" },
  },
});

const known = [
  ...workloads.map(({ name }) => name),
  "blocks",
  "compile",
  "cost",
  "hostile",
  "memory",
  "mixture",
  "objectives",
  "profile",
  "start",
  "threads",
];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(", ")}; there are ${known.join(", ")}.\n`);
  process.exit(2);
}

const runWorkloads = async (): Promise<void> => {
  const namedPeers = options.peers?.split(",");
  const chosen = peers.filter((peer) => peer === rnnc || namedPeers === undefined || namedPeers.includes(peer.name));
  const comparisons: Comparison[] = [];
  for (const workload of workloads.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    process.stderr.write(`${workload.name}: ${workload.title}\n`);
    comparisons.push(await compared(workload, chosen, options.quick ? quick : thorough));
  }
  if (comparisons.some(({ standings }) => standings.some(({ agrees }) => agrees === false))) process.exitCode = 1;
  const report = reportText(comparisons);
  if (options.write && !options.quick)
    writeSection(
      `workloads on ${processor()}`,
      `### ${processor()}\n\nWritten by \`npm run bench -- --write\`.\n\n${report}`,
    );
  console.log(options.json ? JSON.stringify(comparisons, null, 2) : report);
};

if (wanted[0] === "blocks") await runBlocks(options);
else if (wanted[0] === "cost") await runCost(options);
else if (wanted[0] === "compile") await runCompile(options);
else if (wanted[0] === "start") runStart(options);
else if (wanted[0] === "hostile") runHostile(options);
else if (wanted[0] === "memory") runMemory(options);
else if (wanted[0] === "mixture") await runMixture(options);
else if (wanted[0] === "objectives") await runObjectives(options);
else if (wanted[0] === "profile") await runProfile(options);
else if (wanted[0] === "threads") await runThreads(options);
else await runWorkloads();

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { circumstances } from "../circumstances.ts";
import { table, writeSection } from "../markdown.ts";
import { significant } from "../statistics.ts";
import { type Hostile, long, wrong } from "./programs.ts";

/** How long it takes to compile what is long, and to refuse what grows without bound, as tables in README.md. */
export const runHostile = (options: { readonly quick: boolean; readonly json: boolean }): void => {
  const share = options.quick ? 10 : 1;
  const compiled = long.flatMap((program) => targets.map((target) => compiling(program, target, share)));
  const refused = wrong.map((program) => ({ program, found: measured(program, program.size, "wasm") }));
  const text = [
    "Written by `npm run bench -- hostile`.",
    table(
      ["seconds to compile", "", "of half the size", "whole", "ratio", "first gradient"],
      compiled.map(({ program, target, half, whole }) => [
        `${program.size / share} ${program.title}`,
        target,
        shown(half.compiling),
        whole.failed ?? shown(whole.compiling),
        whole.failed === undefined ? (whole.compiling / half.compiling).toFixed(1) : "",
        whole.failed === undefined ? shown(whole.running ?? 0) : "",
      ]),
    ),
    table(
      ["seconds to refuse", "", "told", "and further"],
      refused.map(({ program, found }) => [
        `${program.size} ${program.title}`,
        found.failed ?? shown(found.compiling),
        `${found.codes?.length ?? 0} ${found.codes?.[0] ?? ""}`,
        String(found.further ?? 0),
      ]),
    ),
    `${circumstances([])}.`,
  ].join("\n\n");
  if (!options.quick) writeSection("hostile", text);
  console.log(options.json ? JSON.stringify({ compiled, refused }, null, 2) : text);
};

const targets = ["js", "wasm"] as const;
type Target = (typeof targets)[number];

interface Measured {
  /** Seconds. */
  readonly compiling: number;
  readonly running?: number;
  readonly codes?: ReadonlyArray<string>;
  readonly further?: number;
  /** How the process ended, if it gave nothing. */
  readonly failed?: string;
}

const compiling = (program: Hostile, target: Target, share: number) => {
  const size = program.size / share;
  const [half, whole] = [measured(program, size / 2, target), measured(program, size, target)];
  return { program, target, half, whole };
};

const shown = (seconds: number): string => significant(seconds);

/** What `one.ts` prints, in a process of its own. */
const measured = ({ name }: Hostile, size: number, target: Target): Measured => {
  process.stderr.write(`${name} ${size} ${target}\n`);
  const file = fileURLToPath(new URL("./one.ts", import.meta.url));
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ["--import", "tsx", file, name, String(size), target],
    { encoding: "utf8" },
  );
  if (status === 0) return JSON.parse(stdout);
  return {
    compiling: 0,
    failed: signal ?? stderr.split("\n").find((line) => line.includes("Error")) ?? `exit ${status}`,
  };
};

import { cpus } from "node:os";
import type { Comparison } from "./comparison.ts";

export const processor = (): string => cpus()[0]?.model ?? "an unknown processor";

/** What the figures of a run depend on besides the programs: one line for the foot of a table. */
export const circumstances = (comparisons: ReadonlyArray<Comparison>): string => {
  const versions = new Set(comparisons.flatMap(({ standings }) => standings.map(({ version }) => version)));
  const coreType = process.env.OPENBLAS_CORETYPE;
  return [
    ...[...versions].filter((version) => version !== ""),
    `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    processor(),
    "one thread each",
    coreType === undefined ? "OPENBLAS_CORETYPE not set" : `OPENBLAS_CORETYPE=${coreType}`,
  ].join("; ");
};

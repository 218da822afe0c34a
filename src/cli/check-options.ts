import type { Command } from "commander";
import { type CommonOptions, count, lengths, withWatch } from "./options.ts";

export interface CheckOptions extends CommonOptions {
  readonly batch: number;
  readonly length: Readonly<Record<string, number>>;
  readonly watch: boolean;
}

export const withCheckOptions = (command: Command): Command =>
  withWatch(command)
    .option("--batch <count>", "examples of the batch that the cost is told of", count, 1)
    .option(
      "--length <T=100>",
      "the length that the cost is told of, by default 100 (repeatable)",
      lengths("T=100"),
      {},
    );

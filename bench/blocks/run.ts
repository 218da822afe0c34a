import { circumstances } from "../circumstances.ts";
import { table, writeSection } from "../markdown.ts";
import { significant } from "../statistics.ts";
import { type Measured, measured } from "./measure.ts";

/** What blocks of positions save of a recurrence that is linear in a matrix, as a table in README.md. */
export const runBlocks = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const found = await measured(options.quick);
  const text = ["Written by `npm run bench -- blocks`.", blocksTable(found), `${circumstances([])}.`].join("\n\n");
  if (!options.quick) writeSection("blocks", text);
  console.log(options.json ? JSON.stringify(found, null, 2) : text);
};

const blocksTable = (found: ReadonlyArray<Measured>): string =>
  table(
    ["state", "positions", "target", "position by position, ms", "in blocks, ms", "ratio", "MB", "in blocks, MB"],
    found.map(({ n, T, target, plain, blocks }) => [
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

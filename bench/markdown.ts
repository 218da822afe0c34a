import { readFileSync, writeFileSync } from "node:fs";

type Row = ReadonlyArray<string>;

/** A table whose columns also line up as plain text; all but the first are set to the right. */
export const table = (head: Row, rows: ReadonlyArray<Row>): string => {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const line = (row: Row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
};

const readme = new URL("./README.md", import.meta.url);

/** Puts a text between the markers of its section in bench/README.md, or the section before all others of its kind. */
export const writeSection = (name: string, section: string): void => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const text = readFileSync(readme, "utf8");
  const kind = `<!-- ${name.split(" ")[0]} `;
  const whole = text.includes(start) ? text : text.replace(kind, () => `${start}\n${end}\n\n${kind}`);
  const [from, to] = [whole.indexOf(start), whole.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`bench/README.md has no section ${name}`);
  writeFileSync(readme, `${whole.slice(0, from + start.length)}\n${section}\n${whole.slice(to)}`);
};

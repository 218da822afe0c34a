import { readFileSync, writeFileSync } from "node:fs";

const page = new URL("../TESTING.md", import.meta.url);

/** Replaces what stands between the marks of a section of TESTING.md, so that its figures are those of a run. */
export const writeSection = (name: string, lines: ReadonlyArray<string>): void => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const text = readFileSync(page, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`TESTING.md has no section ${name}`);
  writeFileSync(page, `${text.slice(0, from)}${begin}\n${lines.join("\n")}\n${text.slice(to)}`);
};

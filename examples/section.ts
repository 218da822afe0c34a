import { readFileSync, writeFileSync } from "node:fs";

const page = new URL("README.md", import.meta.url);

/** Puts lines between the marks of a section of README.md, so that what it says is what a command measured. */
export const writeSection = (name: string, lines: ReadonlyArray<string>): void =>
  writeFileSync(page, withSection(readFileSync(page, "utf8"), name, lines));

/** A page with other lines between the marks of a section: `<!-- name -->` and `<!-- end of name -->`. */
export const withSection = (text: string, name: string, lines: ReadonlyArray<string>): string => {
  const begin = `<!-- ${name} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(`<!-- end of ${name} -->`)];
  if (from < 0 || to < from) throw new Error(`the page has no place for ${name}`);
  return [text.slice(0, from) + begin, "", ...lines, "", text.slice(to)].join("\n");
};

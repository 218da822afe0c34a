import { readFileSync, writeFileSync } from "node:fs";
import type { Measurement } from "./measurement.ts";
import { markdownOf } from "./table.ts";

const page = new URL("../README.md", import.meta.url);
const [begin, end] = ["<!-- reached -->", "<!-- end of reached -->"];

/** Puts the table between its marks in README.md. */
export const writeTable = (measurements: ReadonlyArray<Measurement>): void => {
  const text = readFileSync(page, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error("README.md has no place for the table");
  const table = ["", ...markdownOf(measurements), ""].join("\n");
  writeFileSync(page, `${text.slice(0, from)}${begin}\n${table}\n${text.slice(to)}`);
};

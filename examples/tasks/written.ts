import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Measurement } from "./measurement.ts";
import { markdownOf } from "./table.ts";

const folder = new URL("../../build/examples/measured/", import.meta.url);
const fileOf = (name: string): URL => new URL(`${name.replace(/[^a-z0-9]+/gi, "-")}.json`, folder);

/** Keeps what was measured, so that a table may be made of several runs. */
export const keep = (measurement: Measurement): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(measurement.name), JSON.stringify(measurement));
};

const kept = (name: string): ReadonlyArray<Measurement> =>
  existsSync(fileOf(name)) ? [JSON.parse(readFileSync(fileOf(name), "utf8"))] : [];

const page = new URL("../README.md", import.meta.url);

/** Puts the table of the tasks, each as it was last measured, between the marks in README.md. */
export const writeTable = (names: ReadonlyArray<string>): void =>
  writeFileSync(page, withTable(readFileSync(page, "utf8"), names.flatMap(kept)));

const [begin, end] = ["<!-- reached -->", "<!-- end of reached -->"];

/** A page with another table between its marks. */
export const withTable = (text: string, measurements: ReadonlyArray<Measurement>): string => {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error("the page has no place for the table");
  return [text.slice(0, from) + begin, "", ...markdownOf(measurements), "", text.slice(to)].join("\n");
};

import { writeFileSync } from "node:fs";
import { circumstances } from "../circumstances.ts";
import { table, writeSection } from "../markdown.ts";
import { figure } from "../plot/figure.ts";
import { significant } from "../statistics.ts";
import { type CompileTiming, compileTimings } from "./measure.ts";
import { type ModuleSize, moduleSizes } from "./size.ts";
import type { Subject } from "./subjects.ts";

/** How long compiling takes and how large its result is, as tables and a picture beside this benchmark's README. */
export const runCompile = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const timings = await compileTimings(options.quick ? 1 : 9);
  const sizes = moduleSizes();
  const text = [
    "Written by `npm run bench -- compile`.",
    "![How compiling time grows](compile.svg)",
    timeTable(timings),
    sizeTable(sizes),
    `${circumstances([])}.`,
  ].join("\n\n");
  if (!options.quick) {
    writeFileSync(new URL("../compile.svg", import.meta.url), compileFigure(timings));
    writeSection("compile", text);
  }
  console.log(options.json ? JSON.stringify({ timings, sizes }, null, 2) : text);
};

const titles: { readonly [name in Subject["name"]]: string } = {
  W1: "W1, T = 64, B = 32",
  T: "W1, B = 1, T",
  layers: "LSTMs of 32 upon each other, layers",
};

const timeTable = (timings: ReadonlyArray<CompileTiming>): string =>
  table(
    [`median of ${timings[0]!.repeats}`, "source to first gradient, ms", "second gradient, ms"],
    timings.map(({ subject: { name, value, target }, first, second }) => [
      name === "W1" ? `${titles.W1}, ${target}` : `${titles[name]} = ${value}`,
      significant(first),
      significant(second),
    ]),
  );

const sizeTable = (sizes: ReadonlyArray<ModuleSize>): string => {
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  return table(
    [
      "W1's module, kB",
      "with",
      "as written",
      "gzipped",
      "readable",
      "readable, gzipped",
      "its WebAssembly as bytes, gzipped",
    ],
    sizes.map(({ target, what, written, writtenGzipped, readable, readableGzipped, binaryGzipped }) => [
      target,
      what,
      ...[written, writtenGzipped, readable, readableGzipped].map(kilobytes),
      target === "wasm" ? kilobytes(binaryGzipped) : "",
    ]),
  );
};

const compileFigure = (timings: ReadonlyArray<CompileTiming>): string => {
  const curve = (name: Subject["name"], of: "first" | "second") =>
    timings
      .filter(({ subject }) => subject.name === name)
      .map((timing): readonly [number, number] => [timing.subject.value, timing[of]]);
  const panel = (name: Subject["name"], x: string, guide: { readonly power: number; readonly name: string }) => ({
    x,
    y: "ms",
    guide,
    series: [
      { name: "to first gradient", points: curve(name, "first") },
      { name: "second gradient", points: curve(name, "second") },
    ],
  });
  return figure("From source to gradient", [
    panel("T", "steps of W1, T (B = 1)", { power: 0, name: "constant" }),
    panel("layers", "layers of LSTMs of 32 (T = 8, B = 1)", { power: 1, name: "as layers" }),
  ]);
};

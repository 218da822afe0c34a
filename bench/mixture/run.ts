import { targetNames } from "../../src/emit/targets.ts";
import { circumstances } from "../circumstances.ts";
import { table, writeSection } from "../markdown.ts";
import { significant } from "../statistics.ts";
import { type Measured, measured, sizes, type Way, ways } from "./measure.ts";

/** What parameters over an axis save beside copies of the equations, as a table in README.md. */
export const runMixture = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const found = await measured(options.quick);
  const text = [
    "Written by `npm run bench -- mixture`.",
    `K = ${sizes.K}, D = ${sizes.D}, T = ${sizes.T}, one example.`,
    mixtureTable(found),
    `${circumstances([])}.`,
  ].join("\n\n");
  if (!options.quick) writeSection("mixture", text);
  console.log(options.json ? JSON.stringify(found, null, 2) : text);
};

const mixtureTable = (found: ReadonlyArray<Measured>): string => {
  const median = (way: Way, target: string, what: "compiling" | "gradient"): number =>
    found.find((one) => one.way === way && one.target === target)![what].median;
  const rows = (["gradient", "compiling"] as const).flatMap((what) =>
    targetNames.map((target) => {
      const [first, ...others] = ways.map((way) => median(way, target, what));
      const title = what === "gradient" ? "gradient" : "source to first gradient";
      const ratios = others.map((other) => (other / first!).toFixed(1));
      return [`${title}, ${target}`, significant(first!), ...others.map(significant), ...ratios];
    }),
  );
  const ratio = (way: Way): string => (median(way, "js", "gradient") / median(way, "wasm", "gradient")).toFixed(1);
  const titles = ["axis declared first", "declared last", "copies"];
  return table(
    ["median, ms", ...titles, ...titles.slice(1).map((title) => `${title} / first`)],
    [...rows, ["gradient, js / wasm", ...ways.map(ratio), "", ""]],
  );
};

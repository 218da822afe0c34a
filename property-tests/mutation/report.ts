import { readFileSync, writeFileSync } from "node:fs";
import { writeSection } from "../testing-page.ts";

/** Writes down what Stryker found: the score of each file in TESTING.md, the mutants that survived beside this file. */
interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: { readonly line: number } };
}

const report: { readonly files: { readonly [path: string]: { readonly mutants: ReadonlyArray<Mutant> } } } = JSON.parse(
  readFileSync(new URL("../../build/mutation/report.json", import.meta.url), "utf8"),
);

const files = Object.entries(report.files).map(([path, { mutants }]) => {
  const judged = mutants.filter(({ status }) => status !== "Ignored");
  const survivors = judged.filter(({ status }) => status !== "Killed" && status !== "Timeout");
  return { path, judged: judged.length, survivors };
});

const score = (judged: number, survived: number): string => `${((100 * (judged - survived)) / judged).toFixed(1)} %`;
const row = (path: string, judged: number, survived: number): string =>
  `| ${path} | ${judged} | ${survived} | ${score(judged, survived)} |`;
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, each) => total + each, 0);

writeSection("mutation", [
  "",
  "| file | mutants | survive | score |",
  "| --- | --- | --- | --- |",
  ...files.map(({ path, judged, survivors }) => row(`\`${path}\``, judged, survivors.length)),
  row("all", sum(files.map(({ judged }) => judged)), sum(files.map(({ survivors }) => survivors.length))),
  "",
]);

const shown = ({ location, mutatorName, replacement = "" }: Mutant): string =>
  `- line ${location.start.line}, ${mutatorName}: \`${replacement.replaceAll(/\s+/g, " ").slice(0, 100)}\``;

writeFileSync(
  new URL("SURVIVORS.md", import.meta.url),
  [
    "# Mutants that survive",
    "",
    "Written by `npm run mutation`. Many mean the same as the program, or differ only in speed.",
    "",
    ...files.flatMap(({ path, survivors }) => [`## ${path}`, "", ...survivors.map(shown), ""]),
  ].join("\n"),
);

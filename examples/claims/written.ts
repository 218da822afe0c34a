import { keptAs } from "../kept.ts";
import { writeSection } from "../section.ts";
import type { Finding } from "./claim.ts";

/** What was found of a claim, as the command prints it. */
export interface MeasuredClaim {
  readonly number: number;
  readonly claim: string;
  readonly about?: string;
  readonly findings: ReadonlyArray<Finding>;
  readonly seconds: number;
}

const kept = keptAs<MeasuredClaim>("claims");

/** Keeps what was found, so that a section may be made of several runs. */
export const keep = (measured: MeasuredClaim): void => kept.keep(`${measured.number}`, measured);

/** Puts the first so many claims, each as it was last measured, between the marks in README.md. */
export const writeClaims = (count: number): void =>
  writeSection("claims", claimsMarkdown(Array.from({ length: count }, (_, i) => `${i + 1}`).flatMap(kept.find)));

/** Lines for a terminal. */
export const linesOf = ({ number, claim, about, findings, seconds }: MeasuredClaim): ReadonlyArray<string> => [
  `${number}. ${claim}`,
  ...(about === undefined ? [] : [`   ${about}`]),
  ...findings.map((finding) =>
    `   ${finding.what.padEnd(90)}${finding.value.padStart(30)}   ${mark(finding)}`.trimEnd(),
  ),
  `   (${seconds.toFixed(1)} s)`,
];

/** The same as Markdown: of each claim a table. */
export const claimsMarkdown = (measured: ReadonlyArray<MeasuredClaim>): ReadonlyArray<string> =>
  measured.flatMap(({ number, claim, about, findings }, i) => [
    ...(i === 0 ? [] : [""]),
    `**${number}. ${claim}**${about === undefined ? "" : ` ${about}`}`,
    "",
    "| | found | |",
    "| --- | ---: | --- |",
    ...findings.map((finding) => `| ${finding.what.trim()} | ${finding.value} | ${mark(finding)} |`),
  ]);

const mark = ({ holds }: Finding): string => (holds === undefined ? "" : holds ? "holds" : "BROKEN");

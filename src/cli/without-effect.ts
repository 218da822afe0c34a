import { type FormatName, formatNames, formatOf, formats } from "../data/formats/formats.ts";
import type { DataOptions, ReadingOptions } from "./data-options.ts";

type Asked = DataOptions & { readonly window?: number };
type Rule = readonly [isInVain: (asked: Asked, files: ReadonlyArray<string>) => boolean, problem: string];

export const columnsInVain =
  "--columns names the columns of tables, and these records have fields with names of their own; --format says it where they are a table";

const ofExamples: ReadonlyArray<Rule> = [
  [
    ({ split, group }) => split === "group" && group === undefined,
    "--split group holds out whole groups, and there are none without --group FIELD",
  ],
  [
    ({ ahead, window }) => ahead !== undefined && window === undefined,
    "--ahead counts from the end of a window, and there is none without --window N",
  ],
  [
    ({ stride, window }) => stride !== undefined && window === undefined,
    "--stride counts from window to window, and there is none without --window N",
  ],
  [(asked, files) => namesInVain(asked, files), columnsInVain],
];

/** What only examples have, by the words of the options. */
const notOfTexts: Readonly<Record<string, (asked: Asked) => boolean>> = {
  "--columns": ({ columns }) => columns !== undefined,
  "--map": ({ map }) => Object.keys(map).length > 0,
  "--group": ({ group }) => group !== undefined,
  "--ahead": ({ ahead }) => ahead !== undefined,
  "--stride": ({ stride }) => stride !== undefined,
  "--split": ({ split }) => split !== undefined,
  "--held-out": ({ heldOut }) => heldOut !== undefined,
  "--normalise": ({ normalise }) => normalise !== undefined,
  "--missing": ({ missing }) => missing !== undefined,
  "--skip-bad": ({ skipBad }) => skipBad !== undefined,
  "--by-length": ({ byLength }) => byLength,
};

/** Options that would change nothing, in the words of what they lack; undefined if each has an effect. */
export const withoutEffect = (
  asked: Asked,
  files: ReadonlyArray<string>,
  kind: "text" | "examples",
): string | undefined => {
  if (kind === "examples")
    return listed(ofExamples.flatMap(([isInVain, problem]) => (isInVain(asked, files) ? [problem] : [])));
  const inVain = Object.keys(notOfTexts).filter((option) => notOfTexts[option]!(asked));
  return inVain.length === 0 ? undefined : `${inVain.join(", ")}: of examples alone. ${asText}`;
};

const listed = (problems: ReadonlyArray<string>): string | undefined =>
  problems.length === 0 ? undefined : problems.join("; ");

/** What no reader claims is a text, which may not be what was meant. */
export const asText = `By its ending this is a text: examples stand in files of ${formatNames.map((name) => `.${name}`).join(", ")}, or --format says what they are`;

/** Whether `--columns` is given where no file takes the names of its columns from it. */
export const namesInVain = ({ format, columns }: ReadingOptions, files: ReadonlyArray<string>): boolean =>
  columns !== undefined &&
  files.every((path) => formats[format ?? formatOf(path) ?? ("jsonl" satisfies FormatName)].hasOwnNames);

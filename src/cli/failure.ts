import { type DataError, explainDataError } from "../data/data-error.ts";
import { match } from "../match.ts";
import type { LocatedDiagnostic } from "./json.ts";

/** What is wrong with a program, as JSON. */
export interface Answer {
  readonly file: string;
  readonly diagnostics: ReadonlyArray<LocatedDiagnostic>;
}

/**
 * Every way in which a command can end short of done. `text` is what the user is told, ready to print; `answer` what a
 * program that asked for JSON is told on standard output.
 */
export type Failure =
  | { readonly tag: "program"; readonly text: string; readonly answer?: Answer }
  | { readonly tag: "usage"; readonly text: string }
  | { readonly tag: "different"; readonly text: string }
  | { readonly tag: "gradient"; readonly text: string }
  | { readonly tag: "diverged"; readonly text: string }
  | { readonly tag: "interrupted"; readonly text: string };

export const exitCode: (failure: Failure) => number = match({
  program: () => 1,
  usage: () => 2,
  different: () => 1,
  gradient: () => 3,
  diverged: () => 4,
  interrupted: () => 130,
});

export const faultExitCode = 70;

export const usageError = (text: string): Failure => ({ tag: "usage", text: `${text}.\n` });

export const dataFailure = (error: DataError): Failure => usageError(explainDataError(error));

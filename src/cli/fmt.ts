import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { format } from "../syntax/format.ts";
import { report } from "../syntax/report.ts";
import type { Failure } from "./failure.ts";
import { document, located } from "./json.ts";
import { readProgram, type Source } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import { writeFile } from "./write-file.ts";

export interface FmtOptions {
  readonly check: boolean;
  readonly json: boolean;
}

/** What has come of a file. */
type State = "formatted" | "changed" | "unformatted";

interface Formatted {
  readonly file: string;
  readonly state: State;
  /** Of standard input, whose layout is written nowhere else. */
  readonly text?: string;
}

/** `rnnc fmt FILE…`: writes each file anew in its layout, or standard input to standard output. */
export const fmt =
  (terminal: Terminal) =>
  (files: ReadonlyArray<string>, options: FmtOptions): E.Either<Failure, void> => {
    const results = files.map((file) => ({ file, result: formatFile(terminal, file, options) }));
    if (options.json) terminal.out(document({ files: results.map(answerOf) }));
    return all(results.map(({ result }) => pipe(result, E.flatMap(unformattedIn))));
  };

const answerOf = ({ file, result }: { readonly file: string; readonly result: E.Either<Failure, Formatted> }) =>
  E.isRight(result)
    ? result.right
    : result.left.tag === "program" && result.left.answer !== undefined
      ? { ...result.left.answer, state: "wrong" }
      : { file, state: "unread", message: result.left.text.trim() };

const formatFile = (terminal: Terminal, file: string, { check, json }: FmtOptions): E.Either<Failure, Formatted> =>
  pipe(
    readProgram(file),
    E.bindTo("source"),
    E.bind("formatted", ({ source }) => formatSource(terminal, source, json)),
    E.flatMap(({ source, formatted }): E.Either<Failure, Formatted> => {
      const state = formatted === source.text ? "formatted" : check ? "unformatted" : "changed";
      if (check) return E.right({ file, state });
      if (file === "-") {
        if (!json) terminal.out(formatted);
        return E.right({ file, state, text: formatted });
      }
      return pipe(
        state === "formatted" ? E.right(undefined) : write(terminal, file, formatted),
        E.map(() => ({ file, state })),
      );
    }),
  );

const formatSource = (terminal: Terminal, { file, text }: Source, json: boolean): E.Either<Failure, string> =>
  pipe(
    format(text, file),
    E.mapLeft((diagnostics): Failure => {
      if (json)
        return { tag: "program", text: "", answer: { file, diagnostics: diagnostics.map(located(() => text)) } };
      const show = report(text, terminal.paint.isColorSupported);
      return { tag: "program", text: diagnostics.map((diagnostic) => `${show(diagnostic)}\n`).join("") };
    }),
  );

const unformattedIn = ({ file, state }: Formatted): E.Either<Failure, void> =>
  state === "unformatted" ? E.left({ tag: "program", text: `${file} is not formatted.\n` }) : E.right(undefined);

const write = (terminal: Terminal, file: string, text: string): E.Either<Failure, void> =>
  E.map(() => terminal.err(`Formatted ${file}.\n`))(writeFile(file, text));

/** Every file has its turn; what is told of those that failed is told together, as the first's kind of failure; what is answered has been. */
const all = (results: ReadonlyArray<E.Either<Failure, void>>): E.Either<Failure, void> => {
  const failures = results.flatMap((result) => (E.isLeft(result) ? [result.left] : []));
  const [first] = failures;
  return first === undefined
    ? E.right(undefined)
    : E.left({ tag: first.tag, text: failures.map(({ text }) => text).join("") });
};

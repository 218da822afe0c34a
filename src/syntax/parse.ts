import * as E from "fp-ts/lib/Either.js";
import * as NEA from "fp-ts/lib/NonEmptyArray.js";
import grammar from "../../grammar/rnn.ohm-bundle.js";
import type { Diagnostic } from "./diagnostic.ts";
import type { Program } from "./tree.ts";
import { toProgram } from "./tree-program.ts";

/** The syntax tree of a source text. */
export const parse = (source: string, file: string): E.Either<NEA.NonEmptyArray<Diagnostic>, Program> => {
  const match = grammar.match(source);
  if (!match.failed()) return E.right(toProgram(file, source, match));
  const start = match.getRightmostFailurePosition();
  return E.left(
    NEA.of({
      code: "RNN001",
      severity: "error",
      title: "Syntax error",
      message: match.shortMessage ?? "",
      labels: [{ span: { file, start, end: Math.min(start + 1, source.length) }, text: "here" }],
    }),
  );
};

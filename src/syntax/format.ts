import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type * as NEA from "fp-ts/lib/NonEmptyArray.js";
import grammar from "../../grammar/rnn.ohm-bundle.js";
import type { Diagnostic } from "./diagnostic.ts";
import { layoutOf } from "./layout/program.ts";
import { render } from "./layout/render.ts";
import { parse } from "./parse.ts";

/**
 * The source in its usual layout, or its syntax errors. Tokens and comments stay as they are and in their order, and at
 * most one empty line stays of several; so the tree is the same but for its spans. Formatting again changes nothing.
 */
export const format = (source: string, file: string): E.Either<NEA.NonEmptyArray<Diagnostic>, string> => {
  const lines = source.replaceAll(/\r\n?/g, "\n");
  return pipe(
    parse(source, file),
    // Places in a message count the source's own line ends, those in a layout only LF.
    E.flatMap((program) => (lines === source ? E.right(program) : parse(lines, file))),
    E.map((program) => render(layoutOf(lines, grammar.match(lines), program), width)),
  );
};

const width = 120;

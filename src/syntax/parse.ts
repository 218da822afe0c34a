import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type * as NEA from "fp-ts/lib/NonEmptyArray.js";
import * as RA from "fp-ts/lib/ReadonlyArray.js";
import grammar from "../../grammar/rnn.ohm-bundle.js";
import { thinned } from "./alike.ts";
import { deeperThan } from "./depth.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { beyondLimits, limits, tooDeepAt, tooLong } from "./limits.ts";
import { chunks } from "./recover.ts";
import { scan, type Token } from "./scan.ts";
import { errorsOf, mismatch } from "./syntax-error.ts";
import type { Program } from "./tree.ts";
import { toProgram } from "./tree-program.ts";

/** The syntax tree of a source text, or all its syntax errors, in the order of their places. */
export const parse = (source: string, file: string): E.Either<NEA.NonEmptyArray<Diagnostic>, Program> =>
  pipe(
    rightUnless(tooLong(source, file), source),
    E.map(scan),
    E.flatMap((tokens) => rightUnless(beyondLimits(tokens, file), tokens)),
    E.flatMap(matched(source, file)),
    E.flatMap((program) => rightUnless(tooDeepTree(program), program)),
  );

const matched =
  (source: string, file: string) =>
  (tokens: ReadonlyArray<Token>): E.Either<NEA.NonEmptyArray<Diagnostic>, Program> => {
    const short = thinned(source, tokens);
    const shortened = matchedWhole(short.source, file);
    const isShallow = shortened !== undefined && tooDeepTree(shortened).length === 0;
    const program = isShallow ? short.filled(shortened, file) : matchedWhole(source, file);
    if (program !== undefined) return E.right(program);
    const parts = firstOf(limits.errors, chunks(tokens), errorsOf(source, file));
    // Parts that are right each on their own may not stand beside one another: then the whole says what is wrong.
    return E.left(
      (parts.length > 0 ? parts : mismatch(source, file, "Program", tokens)) as NEA.NonEmptyArray<Diagnostic>,
    );
  };

/** The tree of a source that the grammar matches, all of it at once. */
export const matchedWhole = (source: string, file: string): Program | undefined => {
  const match = grammar.match(source);
  return match.failed() ? undefined : toProgram(file, source, match);
};

/** As many results as are wanted; parts beyond them are not looked at. */
const firstOf = <A, B>(
  wanted: number,
  parts: ReadonlyArray<A>,
  results: (part: A) => ReadonlyArray<B>,
): ReadonlyArray<B> => {
  const found: B[] = [];
  for (const part of parts) {
    if (found.length >= wanted) break;
    found.push(...results(part));
  }
  return found;
};

const tooDeepTree = (program: Program): ReadonlyArray<Diagnostic> => {
  const span = deeperThan(program, limits.depth);
  return span === undefined ? [] : [tooDeepAt(span)];
};

const rightUnless = <A>(errors: ReadonlyArray<Diagnostic>, value: A): E.Either<NEA.NonEmptyArray<Diagnostic>, A> =>
  RA.isNonEmpty(errors) ? E.left([errors[0], ...errors.slice(1)]) : E.right(value);

import * as E from "fp-ts/lib/Either.js";
import { exitCode, type Failure } from "./failure.ts";
import { document } from "./json.ts";
import type { Terminal } from "./terminal.ts";

/** Says why a command ended short of done, and gives its exit code. */
export const told = (terminal: Terminal, result: E.Either<Failure, void>): number => {
  if (E.isRight(result)) return 0;
  const failure = result.left;
  if (failure.tag === "program" && failure.answer !== undefined) terminal.out(document(failure.answer));
  terminal.err(failure.text);
  return exitCode(failure);
};

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { sourceOrders } from "../../../src/views/source-orders.ts";
import { type Program, programFile } from "../program.ts";
import type { Analysis } from "../protocol.ts";
import { compiledProgram } from "./compiled.ts";
import { factsOf } from "./facts.ts";
import { messageOf } from "./messages.ts";

/** What is wrong with a program, or what it is. */
export const analyse = (program: Program): Analysis =>
  pipe(
    compiledProgram(program),
    E.match(
      (diagnostics): Analysis => ({ messages: diagnostics.map(messageOf(program.source)), facts: null }),
      (compiled) => ({
        messages: compiled.warnings.map(messageOf(program.source)),
        facts: factsOf(compiled, sourceOrders(program.source, programFile, compiled.elaborated.name)),
      }),
    ),
  );

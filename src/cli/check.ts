import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Failure } from "./failure.ts";
import type { CommonOptions } from "./options.ts";
import { openProgram } from "./program.ts";
import { summary } from "./summary.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc check FILE` */
export const check =
  (terminal: Terminal) =>
  (file: string, options: CommonOptions): E.Either<Failure, void> =>
    pipe(
      openProgram(terminal, file, options),
      E.map(({ compiled, source }) =>
        terminal.out(
          options.json
            ? `${JSON.stringify({ file: source.file, warnings: compiled.warnings, model: compiled.model }, null, 2)}\n`
            : summary(compiled),
        ),
      ),
    );

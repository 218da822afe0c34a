import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { CheckOptions } from "./check-options.ts";
import { type Costed, costOf } from "./cost.ts";
import type { Failure } from "./failure.ts";
import { document } from "./json.ts";
import { type Opened, openProgram } from "./program.ts";
import { sizeOf, summary } from "./summary.ts";
import type { Terminal } from "./terminal.ts";
import { watching } from "./watching.ts";

/** `rnnc check FILE` */
export const check =
  (terminal: Terminal) =>
  (file: string, options: CheckOptions): E.Either<Failure, void> | Promise<E.Either<Failure, void>> =>
    options.watch
      ? watching(terminal, { file, json: options.json }, checkOnce(file, options))
      : checkOnce(file, options)(terminal);

const checkOnce =
  (file: string, options: CheckOptions) =>
  (terminal: Terminal, onImport: (file: string) => void = () => undefined): E.Either<Failure, void> =>
    pipe(
      openProgram(terminal, file, { ...options, onImport }),
      E.bindTo("opened"),
      E.bind("cost", ({ opened }) => costOf(opened.compiled, options)),
      E.map(({ opened, cost }) =>
        terminal.out(options.json ? document(answerOf(opened, cost)) : summary(opened.compiled, cost)),
      ),
    );

const answerOf = ({ source, compiled: { model }, diagnostics }: Opened, cost: Costed) => ({
  file: source.file,
  diagnostics,
  model,
  parameters: model.params.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  cost,
});

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { readLog } from "../train/log.ts";
import { loadRun } from "../train/run-folder.ts";
import { type Course, trainingSvg, trainingText } from "../views/chart/training.ts";
import { type Failure, usageError } from "./failure.ts";
import type { Format } from "./show-options.ts";

export const curveFormats: ReadonlyMap<Format, (course: Course) => string> = new Map([
  ["text", trainingText],
  ["svg", trainingSvg],
  ["json", ({ run, lines, best }) => `${JSON.stringify({ run, best: best ?? null, lines })}\n`],
]);

/** How the training of a run went, by its log. */
export const courseOf = (folder: string): E.Either<Failure, Course> =>
  pipe(
    loadRun(folder),
    E.mapLeft(usageError),
    E.map(({ training: { watch } }) => ({ run: folder, lines: readLog(folder), best: watch.best?.step })),
    E.filterOrElse(
      ({ lines }) => lines.length > 0,
      () => usageError(`${folder} has no log.jsonl with a line in it: how its training went is not known`),
    ),
  );

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { writeAtomically } from "./atomic-file.ts";
import { type FileProblem, withFiles } from "./file-problem.ts";
import type { Training } from "./step.ts";

/** A line of the log: losses in nats per predicted value; what was not measured there is null. */
export interface LogLine {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number | null;
  readonly heldOut: number | null;
  readonly norm: number | null;
  readonly rate: number | null;
  /** Since the training began, without the time in which it did not run. */
  readonly seconds: number;
  /** The norm of the gradient by each parameter; runs of earlier versions have none. */
  readonly norms?: Readonly<Record<string, number>>;
}

/** The file that tells how a training went, in the folder of its run. */
export const logName = "log.jsonl";
const logFile = (folder: string): string => join(folder, logName);

/** Between evaluations so many steps have one line. */
const logEvery = 10;

export interface Log {
  /** Writes a line, if the step has one. */
  readonly add: (training: Training, rate: number | null) => E.Either<FileProblem, void>;
}

/**
 * A log goes on from the step that a training goes on from: what was written of later ones, which are taken anew, is cut
 * off. `clock` tells milliseconds.
 */
export const openLog = (
  folder: string,
  begun: Pick<Training, "step">,
  clock: () => number = Date.now,
): E.Either<FileProblem, Log> =>
  pipe(
    withFiles(logFile(folder), () => logLines(folder)),
    E.flatMap((lines) => {
      const kept = lines.filter(({ step }) => step <= begun.step);
      const before = kept.at(-1)?.seconds ?? 0;
      const start = clock();
      const add: Log["add"] = (training, rate) =>
        isLogged(training)
          ? withFiles(logFile(folder), () =>
              appendFileSync(logFile(folder), textOf(lineOf(training, rate, before + (clock() - start) / 1000))),
            )
          : E.right(undefined);
      return pipe(
        kept.length === lines.length && lines.length > 0
          ? E.right(undefined)
          : writeAtomically(logFile(folder), new TextEncoder().encode(kept.map(textOf).join(""))),
        E.map(() => ({ add })),
      );
    }),
  );

const isLogged = ({ step, watch }: Training): boolean => step % logEvery === 0 || watch.last?.step === step;

const lineOf = (
  { step, cursor, loss, norm, norms, watch }: Training,
  rate: number | null,
  seconds: number,
): LogLine => ({
  step,
  epoch: cursor.epoch,
  loss: finite(loss),
  heldOut: watch.last?.step === step ? finite(watch.last.heldOut) : null,
  norm: finite(norm),
  rate,
  seconds: Math.round(seconds * 1000) / 1000,
  ...(Object.keys(norms).length === 0 ? {} : { norms: told(norms) }),
});

/** Four digits are as many as a curve shows. What is no number is left out. */
const told = (norms: Training["norms"]): Training["norms"] =>
  Object.fromEntries(
    Object.entries(norms).flatMap(([path, norm]) =>
      Number.isFinite(norm) ? [[path, Number(norm.toPrecision(4))] as const] : [],
    ),
  );

// JSON has no NaN.
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const textOf = (line: LogLine): string => `${JSON.stringify(line)}\n`;

/** What the log of a run tells; nothing if there is none that can be read. */
export const readLog = (folder: string): ReadonlyArray<LogLine> =>
  pipe(
    E.tryCatch(() => logLines(folder), E.toError),
    E.getOrElse((): ReadonlyArray<LogLine> => []),
  );

/** What stands in the log. A line that was not written whole ends it. */
const logLines = (folder: string): ReadonlyArray<LogLine> => {
  if (!existsSync(logFile(folder))) return [];
  const lines: LogLine[] = [];
  for (const text of readFileSync(logFile(folder), "utf8").split("\n")) {
    const line = E.tryCatch(() => JSON.parse(text) as LogLine, E.toError);
    if (E.isLeft(line) || typeof line.right?.step !== "number") break;
    lines.push(line.right);
  }
  return lines;
};

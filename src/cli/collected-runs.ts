import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { tableOf } from "../table.ts";
import type { Run } from "../train/run.ts";
import { holdsRun, loadRun } from "../train/run-folder.ts";
import { chosenMeasure } from "../train/watch.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import type { Terminal } from "./terminal.ts";
import { isFolder } from "./weights-files.ts";

/** What a run came to. */
interface Row {
  readonly run: string;
  /** Its static parameters, its rate and its seed. */
  readonly settings: Readonly<Record<string, number | string>>;
  readonly steps: number;
  readonly wantedSteps: number;
  /** The least held-out loss, in nats per predicted value; null where none was measured. */
  readonly heldOut: number | null;
  readonly step: number | null;
}

/** A table of the runs of a folder, the best first; what cannot be read is told and left out. */
export const collected = (terminal: Terminal, folder: string, json: boolean): E.Either<Failure, void> => {
  if (!existsSync(folder)) return E.left(usageError(`There is no folder ${folder}`));
  if (!isFolder(folder)) return E.left(usageError(`${folder} is a file, and runs stand in a folder`));
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && holdsRun(join(folder, entry.name)))
    .map(({ name }) => ({ name, loaded: loadRun(join(folder, name)) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  if (found.length === 0) return E.left(usageError(`There is no run in ${folder}`));
  const rows = found.flatMap(({ name, loaded }) => (E.isRight(loaded) ? [rowOf(name, loaded.right)] : []));
  for (const { name, loaded } of found)
    if (E.isLeft(loaded)) terminal.err(`note: ${join(folder, name)} is left out: ${loaded.left}.\n`);
  const sorted = rows.toSorted(
    (a, b) => (a.heldOut ?? Number.POSITIVE_INFINITY) - (b.heldOut ?? Number.POSITIVE_INFINITY),
  );
  terminal.out(json ? document({ runs: sorted }) : `${textOf(sorted).join("\n")}\n`);
  return E.right(undefined);
};

const rowOf = (run: string, { recipe: { statics, settings }, training }: Run): Row => {
  const measured = chosenMeasure(training);
  return {
    run,
    settings: { ...statics, rate: settings.schedule.rate, seed: settings.seed },
    steps: training.step,
    wantedSteps: settings.schedule.steps,
    heldOut: measured === null || !Number.isFinite(measured.heldOut) ? null : measured.heldOut,
    step: measured?.step ?? null,
  };
};

/** What all runs have in common is told once, below. */
const textOf = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const names = [...new Set(rows.flatMap(({ settings }) => Object.keys(settings)))];
  const cellOf = ({ settings }: Row, name: string): string => String(settings[name] ?? "");
  const isVaried = (name: string): boolean => new Set(rows.map((row) => cellOf(row, name))).size > 1;
  const varied = names.filter(isVaried);
  const table = tableOf(
    [
      ["run", ...varied, "held-out loss", "at step", "steps"],
      ...rows.map((row) => [
        row.run,
        ...varied.map((name) => cellOf(row, name)),
        row.heldOut === null ? "-" : row.heldOut.toFixed(5),
        row.step === null ? "-" : String(row.step),
        row.steps < row.wantedSteps ? `${row.steps} of ${row.wantedSteps}` : String(row.steps),
      ]),
    ],
    1,
  );
  const common = names.filter((name) => !isVaried(name)).map((name) => `${name} = ${cellOf(rows[0]!, name)}`);
  return [...table, ...(rows.length > 1 && common.length > 0 ? [`All have ${common.join(", ")}.`] : [])];
};

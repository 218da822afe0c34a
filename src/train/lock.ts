import { closeSync, openSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { match } from "../match.ts";
import { explainFileProblem, type FileProblem, withFiles } from "./file-problem.ts";
import { makeFolders } from "./folders.ts";

/** Why a folder is not this training's to write into. */
export type LockProblem = FileProblem | { readonly tag: "held"; readonly lock: string; readonly holder: Holder };

/** Who trains in a folder. The birth of a process tells it from a later one of the same number. */
interface Holder {
  readonly process: number;
  readonly birth: string;
  readonly host: string;
}

/** Gives the folder back; folders that were made for the lock and hold nothing go too. */
export type Release = () => void;

/**
 * Takes a folder for one training. Each says by a file of its own that it is there, and only then looks for others: of two
 * at least the later sees the other one. A file says in its name whose it is, so that none is ever seen half written, and
 * one whose process is gone holds nothing.
 */
export const lockFolder = (folder: string): E.Either<LockProblem, Release> => {
  const own = ownHolder();
  const lock = join(folder, nameOf(own));
  return pipe(
    withFiles(folder, () => makeFolders(folder)),
    E.flatMap((made) => {
      const release = (): void => {
        rmSync(lock, { force: true });
        removeEmpty(resolve(folder), made);
      };
      return pipe(
        created(lock, own),
        E.flatMap(() =>
          pipe(
            withFiles(folder, () => otherHolders(folder, own)),
            E.filterOrElseW(
              ([other]) => other === undefined,
              ([other]): LockProblem => ({ tag: "held", lock: join(folder, nameOf(other!)), holder: other! }),
            ),
            E.mapLeft((problem) => {
              release();
              return problem;
            }),
          ),
        ),
        E.map(() => release),
      );
    }),
  );
};

export const explainLockProblem: (problem: LockProblem) => string = match<LockProblem, string>({
  unwritable: explainFileProblem,
  held: ({ lock, holder: { process, host } }) =>
    host === hostname()
      ? `Another training is at work in ${dirname(lock)} (process ${process})`
      : `Another training is at work in ${dirname(lock)} (process ${process} on ${host}); if it is not, remove ${lock}`,
});

/** A file of this name is this very process's: it trains there already. */
const created = (lock: string, holder: Holder): E.Either<LockProblem, void> =>
  pipe(
    withFiles(lock, () => closeSync(openSync(lock, "wx"))),
    E.mapLeft((problem) => (problem.code === "EEXIST" ? { tag: "held", lock, holder } : problem)),
  );

/** Those at work. What the dead have left is removed. */
const otherHolders = (folder: string, own: Holder): ReadonlyArray<Holder> =>
  readdirSync(folder).flatMap((name) => {
    const holder = holderNamed(name);
    if (holder === undefined || name === nameOf(own)) return [];
    if (isAlive(holder)) return [holder];
    rmSync(join(folder, name), { force: true });
    return [];
  });

const nameOf = ({ process, birth, host }: Holder): string =>
  `training.${process}.${birth}.${encodeURIComponent(host)}.lock`;

const holderNamed = (name: string): Holder | undefined => {
  const [, process, birth, host] = /^training\.(\d+)\.(\d+)\.(.+)\.lock$/.exec(name) ?? [];
  return host === undefined ? undefined : { process: Number(process), birth: birth!, host: decodeURIComponent(host) };
};

const ownHolder = (): Holder => ({
  process: process.pid,
  birth: lifeOf(process.pid)?.birth ?? "0",
  host: hostname(),
});

/** Of a process of another machine nothing is known. */
const isAlive = ({ process: pid, birth, host }: Holder): boolean => {
  if (host !== hostname()) return true;
  const life = lifeOf(pid);
  return life === undefined ? isRunning(pid) : life.birth === birth && !/[ZX]/.test(life.state);
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** What Linux tells of a process: its state, and when it began. Its name, in brackets before that, may hold anything. */
const lifeOf = (pid: number): { readonly state: string; readonly birth: string } | undefined =>
  pipe(
    E.tryCatch(() => readFileSync(`/proc/${pid}/stat`, "latin1"), E.toError),
    E.match(
      () => undefined,
      (stat) => {
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return { state: fields[0]!, birth: fields[19]! };
      },
    ),
  );

/** From a folder up to the first that was made; one that holds something ends it. */
const removeEmpty = (folder: string, first: string | undefined): void => {
  if (first === undefined) return;
  const removed = withFiles(folder, () => rmdirSync(folder));
  if (E.isRight(removed) && folder !== resolve(first)) removeEmpty(dirname(folder), first);
};

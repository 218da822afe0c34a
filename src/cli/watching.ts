import { resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { type Failure, usageError } from "./failure.ts";
import type { Terminal } from "./terminal.ts";
import { told } from "./told.ts";
import { watchFiles } from "./watch-files.ts";

/** A command on a program, which tells of each file that the program imports. */
export type Turn = (terminal: Terminal, onImport: (file: string) => void) => E.Either<Failure, void>;

interface Watched {
  readonly file: string;
  readonly json: boolean;
}

/**
 * Does it now, and again whenever the program or what it imports changes, until `stopped`. A wrong program is told and
 * watched on; what is wrong with the command itself ends it at once.
 */
export const watching = async (
  terminal: Terminal,
  { file, json }: Watched,
  turn: Turn,
  stopped: Promise<void> = interrupted(),
): Promise<E.Either<Failure, void>> => {
  if (file === "-") return E.left(usageError("--watch is of a file: standard input does not change"));
  const once = json ? { ...terminal, out: (text: string) => terminal.out(inOneLine(text)) } : terminal;
  let files: ReadonlyArray<string> = [];
  const take = (): E.Either<Failure, void> => {
    const found = new Set([resolve(file)]);
    const result = turn(once, (imported) => found.add(imported));
    // What does not parse imports nothing: what it imported before may be what has to be mended.
    files = E.isRight(result) ? [...found] : [...new Set([...found, ...files])];
    return result;
  };
  const first = take();
  if (E.isLeft(first) && first.left.tag === "usage") return first;
  const tell = (result: E.Either<Failure, void>): void => {
    const code = told(once, result);
    const done = code === 0 ? "done" : `ended with ${code}`;
    terminal.err(`${timeOf(new Date())} ${file}: ${done}; again when ${filesText(files.length)}, until Ctrl-C\n`);
  };
  const watch = watchFiles(() => {
    const result = take();
    watch.follow(files);
    tell(result);
  });
  watch.follow(files);
  tell(first);
  await stopped;
  watch.close();
  return E.right(undefined);
};

const filesText = (count: number): string => (count === 1 ? "it changes" : `one of its ${count} files changes`);

/** `09:05:30`, as clocks on the wall show it. */
const timeOf = (date: Date): string =>
  [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => `${part}`.padStart(2, "0")).join(":");

/** Turn after turn a document is a line, so that a reader knows where it ends. */
const inOneLine = (text: string): string => `${JSON.stringify(JSON.parse(text))}\n`;

const interrupted = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => done());
  });

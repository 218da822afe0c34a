import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import * as E from "fp-ts/lib/Either.js";
import type * as t from "io-ts";
import { driverText } from "../generated/verify-driver.ts";
import { Ready } from "./answers.ts";

/** Asked for when it is needed: what starts with the command line starts with every command. */
const processes = (): typeof import("node:child_process") => createRequire(import.meta.url)("node:child_process");

/** A Python that answers questions, one after the other; on the left why it does not. */
export interface Conversation {
  /** Of so many cases, which is one unless it is said. */
  readonly ask: <A>(question: unknown, answer: t.Type<A, unknown>, cases?: number) => Promise<E.Either<string, A>>;
  readonly end: () => void;
}

/**
 * The first Python that has PyTorch: `PYTHON` of the environment alone, if it is set. It ends itself what takes longer than so many
 * seconds a case, and is ended where it does not.
 */
export const startPython = async (
  heard: (text: string) => void,
  limit: number,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<E.Either<string, Conversation>> => {
  const asked = environment.PYTHON;
  const candidates = asked === undefined || asked === "" ? ["python3", "/usr/bin/python3"] : [asked];
  const reasons: string[] = [];
  for (const program of candidates) {
    const conversation = talkWith(
      processes().spawn(program, ["-c", driverText, `${limit}`], { stdio: "pipe" }),
      heard,
      limit,
    );
    const ready = await conversation.next(Ready);
    if (E.isRight(ready) && ready.right.torch !== null) return E.right(conversation);
    conversation.end();
    reasons.push(`${program}: ${E.isLeft(ready) ? ready.left : "it has no PyTorch (`import torch` fails)"}`);
  }
  return E.left(
    `I need a Python with PyTorch, and found none (${reasons.join("; ")}). Name one with the variable PYTHON of the environment`,
  );
};

type Line = E.Either<string, string>;

interface Talk extends Conversation {
  readonly next: <A>(answer: t.Type<A, unknown>) => Promise<E.Either<string, A>>;
}

/** By so many seconds Python is late, with what it does itself, before it is ended. */
const grace = 15;

const talkWith = (child: ChildProcessWithoutNullStreams, heard: (text: string) => void, limit: number): Talk => {
  const lines: Line[] = [];
  const waiting: Array<(line: Line) => void> = [];
  let ended: string | undefined;
  const put = (line: Line): void => {
    const first = waiting.shift();
    if (first === undefined) lines.push(line);
    else first(line);
  };
  const close = (reason: string): void => {
    ended ??= reason;
    for (const wake of waiting.splice(0)) wake(E.left(ended));
  };
  createInterface({ input: child.stdout }).on("line", (line) => put(E.right(line)));
  child.stderr.setEncoding("utf8").on("data", heard);
  child.stdin.on("error", () => undefined);
  child.on("error", (error) => close(`it cannot be started (${(error as NodeJS.ErrnoException).code})`));
  child.on("close", (code, signal) => close(`Python ended by itself (${signal ?? `exit ${code}`})`));
  const line = (): Promise<Line> => {
    const first = lines.shift();
    if (first !== undefined) return Promise.resolve(first);
    return ended === undefined ? new Promise((wake) => waiting.push(wake)) : Promise.resolve(E.left(ended));
  };
  const next = async <A>(answer: t.Type<A, unknown>): Promise<E.Either<string, A>> => {
    const told = await line();
    return E.isLeft(told) ? told : decoded(answer, told.right);
  };
  return {
    next,
    ask: async (question, answer, cases = 1) => {
      // setTimeout takes no more milliseconds than this.
      const most = Math.min(1000 * (limit * cases + grace), 2 ** 31 - 1);
      const timer = setTimeout(() => {
        close(`Python does not answer: what it is asked takes longer than --time-limit ${limit}s`);
        child.kill("SIGKILL");
      }, most);
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const answered = await next(answer);
      clearTimeout(timer);
      return answered;
    },
    end: () => {
      child.stdin.end();
      child.kill("SIGKILL");
    },
  };
};

const decoded = <A>(answer: t.Type<A, unknown>, line: string): E.Either<string, A> => {
  const value = E.tryCatch(
    () => JSON.parse(line) as unknown,
    () => undefined,
  );
  const result = E.isLeft(value) ? undefined : answer.decode(value.right);
  return result !== undefined && E.isRight(result)
    ? E.right(result.right)
    : E.left(`Python answers what I do not understand: ${line.slice(0, 80)}`);
};

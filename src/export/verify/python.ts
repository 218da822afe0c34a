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
  readonly ask: <A>(question: unknown, answer: t.Type<A, unknown>) => Promise<E.Either<string, A>>;
  readonly end: () => void;
}

/** The first Python that has PyTorch: `PYTHON` of the environment alone, if it is set. */
export const startPython = async (
  heard: (text: string) => void,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<E.Either<string, Conversation>> => {
  const asked = environment.PYTHON;
  const candidates = asked === undefined || asked === "" ? ["python3", "/usr/bin/python3"] : [asked];
  const reasons: string[] = [];
  for (const program of candidates) {
    const conversation = talkWith(processes().spawn(program, ["-c", driverText], { stdio: "pipe" }), heard);
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

const talkWith = (child: ChildProcessWithoutNullStreams, heard: (text: string) => void): Talk => {
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
    ask: (question, answer) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return next(answer);
    },
    end: () => {
      child.stdin.end();
      child.kill();
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

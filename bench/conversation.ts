import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Peer } from "./peers.ts";

/** What a peer says to its task (see `peers/serve.js`). */
export type Introduction =
  | {
      readonly tag: "ready";
      readonly version: string;
      readonly outcome: unknown;
      readonly variants: ReadonlyArray<string>;
    }
  | { readonly tag: "cannot"; readonly version: string; readonly reason: string }
  | { readonly tag: "missing"; readonly reason: string };

/** How long one answer to a question for timings takes at least and at most, in milliseconds. */
export interface Asked {
  readonly variant: string;
  readonly milliseconds: number;
  readonly atLeast: number;
  readonly limit: number;
}

export interface Conversation {
  readonly peer: Peer;
  readonly introduction: Introduction;
  /** Samples; none if the peer has died, of what `failure` tells. */
  readonly timings: (asked: Asked) => Promise<ReadonlyArray<number>>;
  readonly failure: () => string;
  readonly end: () => void;
}

/** Peers get one thread each, and a minute and a half for an answer. */
const oneThread = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
const patience = 90_000;

export const converse = async (peer: Peer, taskFile: string): Promise<Conversation> => {
  const child = spawn(peer.command, peer.arguments, { env: { ...process.env, ...oneThread, ...peer.environment } });
  const errors: string[] = [];
  child.stderr.on("data", (text) => errors.push(String(text)));
  child.on("error", ({ message }) => errors.push(message));
  child.stdin.on("error", ({ message }) => errors.push(message));
  const closed = new Promise((resolve) => child.on("close", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question: object): Promise<Readonly<Record<string, unknown>> | undefined> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const late = setTimeout(() => child.kill("SIGKILL"), patience);
    const { value } = await lines.next();
    clearTimeout(late);
    if (value !== undefined) return JSON.parse(value);
    await closed;
    return undefined;
  };
  const answer = await ask({ task: taskFile });
  return {
    peer,
    introduction: introductionOf(answer, child, errors.join("")),
    timings: async (asked) => ((await ask(asked))?.ms as ReadonlyArray<number> | undefined) ?? [],
    failure: () => failureOf(child, errors.join("")),
    end: () => void child.stdin.end(),
  };
};

const introductionOf = (
  answer: Readonly<Record<string, unknown>> | undefined,
  child: ChildProcess,
  errors: string,
): Introduction => {
  if (answer === undefined) {
    if (notInstalled.test(errors)) return { tag: "missing", reason: "not installed" };
    return { tag: "cannot", version: "", reason: failureOf(child, errors) };
  }
  const { version, cannot, outcome, variants } = answer;
  if (typeof cannot === "string") return { tag: "cannot", version: String(version), reason: cannot };
  return { tag: "ready", version: String(version), outcome, variants: variants as ReadonlyArray<string> };
};

const failureOf = (child: ChildProcess, errors: string): string => {
  if (child.killed) return `no result within ${patience / 1000} s`;
  return (
    errors
      .split("\n")
      .findLast((line) => /error/i.test(line))
      ?.trim() ?? "failed"
  );
};

const notInstalled = /ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|ModuleNotFoundError|ENOENT/;

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/**
 * A peer's side of the benchmark: a process that answers each line of JSON with one. The first line, `{task}`, names a
 * file with the workload, its parameters and examples; the answer has the names of the peer's variants and the
 * `outcome` that all peers are compared by (the first loss, or an inference's outputs), or says that it `cannot` and
 * why. Every other line asks for timings of a variant: `{variant, milliseconds, atLeast, limit}`; the answer is `{ms}`.
 *
 * @typedef {import("../task.ts").Task} Task
 * @typedef {() => unknown} Iteration
 * @typedef {{ outcome: unknown, variants: Record<string, Iteration> } | { cannot: string }} Answer
 * @param {string} version
 * @param {(task: Task) => Answer | Promise<Answer>} prepare
 */
export async function serve(version, prepare) {
  /** @type {Record<string, ReturnType<typeof timed>>} */
  let timings = {};
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    if (asked.task === undefined) {
      process.stdout.write(`${JSON.stringify({ ms: await timings[asked.variant]?.(asked) })}\n`);
      continue;
    }
    const answer = await prepare(JSON.parse(readFileSync(asked.task, "utf8")));
    if ("variants" in answer) {
      timings = Object.fromEntries(Object.entries(answer.variants).map(([name, run]) => [name, timed(run)]));
      const { outcome } = answer;
      process.stdout.write(`${JSON.stringify({ version, outcome, variants: Object.keys(timings) })}\n`);
    } else process.stdout.write(`${JSON.stringify({ version, ...answer })}\n`);
  }
  process.exit(0);
}

/**
 * Milliseconds of an iteration, several times: a sample is of as many iterations as take a millisecond, so that the
 * clock's grain does not matter. It ends after `milliseconds` with `atLeast` samples, or at the latest after `limit`.
 *
 * @param {Iteration} run
 */
function timed(run) {
  let inner = 1;
  return async (/** @type {{ milliseconds: number, atLeast: number, limit: number }} */ asked) => {
    /** @type {Array<number>} */
    const samples = [];
    const start = performance.now();
    for (let passed = 0; passed < asked.milliseconds || samples.length < asked.atLeast; ) {
      if (passed > asked.limit && samples.length > 0) break;
      const from = performance.now();
      for (let i = 0; i < inner; i += 1) {
        const result = run();
        if (result instanceof Promise) await result;
      }
      const now = performance.now();
      passed = now - start;
      if (now - from < 1) inner *= 2;
      else samples.push((now - from) / inner);
    }
    return samples;
  };
}

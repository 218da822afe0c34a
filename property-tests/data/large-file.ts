import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { firstCursor, generatorOf } from "../../src/data/feed.ts";
import { rnnc } from "../cli/run-rnnc.ts";

/**
 * Makes a file of examples of so many MB on the spot, trains on it, predicts of it, and tells as JSON how large this process ever was:
 * `npm run large-file -- 2048`.
 */
const megabytes = Number(process.argv[2] ?? 2048);

const program = `model Trend(n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R
  param W : R[n,n] ~ normal(0, 0.1)
  param u : R[n] ~ normal(0, 0.3)
  param O
  h[0] = 0
  h[t] = tanh(W h[t-1] + x[t] * u)
  output p = softmax(O h[T])
  y : symbol[m] ~ categorical(p)
}
`;

/** Random walks that drift up or down. */
const writeExamples = (path: string): number => {
  const file = openSync(path, "w");
  const generator = generatorOf(firstCursor(1));
  let records = 0;
  for (let written = 0; written < megabytes * 2 ** 20; ) {
    const lines = Array.from({ length: 200 }, () => {
      const isUp = uniformInt(generator, 0, 1) === 1;
      let level = 0;
      const x = Array.from({ length: 150 }, () => {
        level += uniformInt(generator, -50, 50) + (isUp ? 2 : -2);
        return level / 100;
      });
      return `${JSON.stringify({ id: records++, x, y: isUp ? "up" : "down" })}\n`;
    });
    written += writeSync(file, lines.join(""));
  }
  closeSync(file);
  return records;
};

const folder = mkdtempSync(join(tmpdir(), "rnnc-large-"));
try {
  const [data, model] = [join(folder, "large.jsonl"), join(folder, "trend.rnn")];
  writeFileSync(model, program);
  const records = writeExamples(data);
  const started = performance.now();
  const { code } = await rnnc(
    ...["train", model, "--data", data, "--steps", "50", "--by-length", "--run", join(folder, "run")],
  );
  const run = join(folder, "run");
  const predicted = await rnnc("predict", run, "--data", data, "-o", join(folder, "answers.csv"));
  const seconds = (performance.now() - started) / 1000;
  const told = {
    codes: [code, predicted.code],
    megabytes,
    records,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    seconds,
  };
  console.log(JSON.stringify(told));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

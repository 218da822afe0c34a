import type { Compiled } from "../../src/compile.ts";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { nativeProblem } from "../../src/native/index.ts";
import { peak } from "../peak.ts";
import { newQuietTurns } from "../quiet.ts";
import { generator, times, vectors } from "../random.ts";
import { type Timing, timingOf } from "../statistics.ts";
import { compiledProgram } from "../task.ts";

/** A memory of n by n over so many positions of four examples. */
interface Size {
  readonly n: number;
  readonly T: number;
}

/** Equations with a memory, and the sizes that are measured. */
interface Memory {
  readonly title: string;
  readonly file: string;
  readonly sizes: ReadonlyArray<Size>;
}

const usual: ReadonlyArray<Size> = [
  { n: 32, T: 16 },
  { n: 32, T: 1024 },
  { n: 64, T: 16 },
  { n: 64, T: 1024 },
  { n: 128, T: 256 },
];

const memories: ReadonlyArray<Memory> = [
  {
    title: "W8",
    file: "./workloads/w8.rnn",
    sizes: usual,
  },
  {
    title: "delta rule",
    file: "./blocks/delta.rnn",
    sizes: usual,
  },
  { title: "gated", file: "./blocks/gated.rnn", sizes: [{ n: 256, T: 256 }] },
];
const examples = 4;

/** A gradient of equations of that size, position by position and in blocks, in milliseconds and in bytes. */
export interface Measured extends Size {
  readonly title: string;
  readonly target: Target;
  readonly plain: Way;
  readonly blocks: Way;
}

interface Way {
  readonly timing: Timing;
  readonly bytes: number;
}

/** The two ways take turns; the first round only warms up. */
export const measured = async (quick: boolean): Promise<ReadonlyArray<Measured>> => {
  const { run } = peak("f32");
  const quietly = newQuietTurns({ slack: 1.05, patience: quick ? 0 : 60_000 }, async () => times(20, () => timed(run)));
  const targets: ReadonlyArray<Target> = [
    ...targetNames,
    ...(nativeProblem() === undefined ? ["native" as const] : []),
  ];
  const found: Measured[] = [];
  for (const target of targets)
    for (const { title, file, size } of memories.flatMap(({ sizes, ...rest }) =>
      sizes.map((size) => ({ ...rest, size })),
    )) {
      const ways = [["blocks"], []].map((without) => ready(file, size, target, without));
      for (let round = 0; round <= (quick ? 1 : 7); round += 1)
        for (const { turn, taken } of ways) {
          const samples = await quietly(async () => turn());
          if (round > 0) taken.push(...samples);
        }
      const [plain, blocks] = ways.map(({ taken, bytes }) => ({ timing: timingOf(taken), bytes }));
      found.push({ title, ...size, target, plain: plain!, blocks: blocks! });
    }
  return found;
};

const ready = (file: string, { n, T }: Size, target: Target, without: ReadonlyArray<string>) => {
  const program = { file, statics: { k: n, n }, iteration: "gradient" as const };
  const model: Compiled = compiledProgram(program, target, { without: [...without] });
  const random = generator(7);
  const batch = model.pack(times(examples, () => ({ x: vectors(random, T, n), g: vectors(random, T, n) })));
  const params = model.init(1);
  const gradient = (): unknown => model.gradient(params, batch);
  // As many as take a few milliseconds.
  const count = Math.ceil(5 / Math.max(0.01, Math.min(...times(3, () => timed(gradient)))));
  return {
    taken: [] as number[],
    bytes: model.bytes("gradient", { batch: examples, lengths: { T } }),
    turn: () => times(5, () => timed(() => times(count, gradient)) / count),
  };
};

const timed = (run: () => unknown): number => {
  const from = performance.now();
  run();
  return performance.now() - from;
};

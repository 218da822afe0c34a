import { accuracy } from "../../../examples/tasks/measure.ts";
import { cues } from "../../../examples/tasks/memory.ts";
import { descend } from "../descend.ts";
import { compiledProgram, written } from "../programs.ts";

/** A cue is recalled that stands so many steps before the end: the program of the claim, with cells whose memory starts long. */
export const recall = (cell: string) =>
  written(
    `
import ChronoGRU, ChronoLSTM, GRU, LSTM, RNN from "std"

model Recall(C = RNN, V = 6, n = 16, m = 3) {
  axis t in 1..T
  input x[t] : R[V]
  param O
  param c = 0
  h[t] = C(n)(x[t])
  output p = softmax(O h[T] + c)
  y : symbol[m] ~ categorical(p)
}

// W starts as a rotation, which neither shortens nor lengthens.
cell LongRNN(n)(x[t]) -> h[t] {
  param W ~ orthogonal
  param U
  param b = 0
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t] + b)
}

// Gates that start with memories of all lengths up to 1000 steps (Tallec and Ollivier 2018).
cell LongLSTM(n)(x[t]) -> h[t] {
  h[t] = ChronoLSTM(n, 1000)(x[t])
}

cell LongGRU(n)(x[t]) -> h[t] {
  h[t] = ChronoGRU(n, 1000)(x[t])
}`,
    { C: cell },
  );

export const lags = [10, 20, 50, 100, 200, 500, 1000];
export const seeds = [1, 2, 3, 4, 5];
const settings = { steps: 2000, batch: 16, rate: 0.003, clip: 1 };

/** What each seed of a cell learned: of each lag that was tried, after how many steps, or null where it was not learned. */
export interface FeasibleLengths {
  readonly statics: Readonly<Record<string, number>>;
  readonly settings: typeof settings;
  readonly seeds: ReadonlyArray<number>;
  readonly lags: ReadonlyArray<number>;
  readonly cells: Readonly<Record<string, ReadonlyArray<ReadonlyArray<number | null>>>>;
}

/** Lag after lag until one is not learned. */
export const feasibleLengths = (cells: ReadonlyArray<string>) => (): FeasibleLengths => ({
  statics: { V: 6, n: 16, m: 3 },
  settings,
  seeds,
  lags,
  cells: Object.fromEntries(
    cells.map((cell) => {
      const compiled = compiledProgram(recall(cell), { optimiser: "adam" });
      return [
        cell,
        seeds.map((seed) => {
          const found: (number | null)[] = [];
          for (const lag of lags) {
            const learned = learnedAfter(compiled, lag, seed);
            found.push(learned);
            if (learned === null) break;
          }
          console.log(cell, seed, found.join(" "));
          return found;
        }),
      ];
    }),
  ),
});

/** After how many steps 19 of 20 cues that training never saw are recalled; null where they are not in time. */
const learnedAfter = (compiled: ReturnType<typeof compiledProgram>, lag: number, seed: number): number | null => {
  const unseen = cues("heldOut", lag).slice(0, 100);
  let learned: number | null = null;
  descend(compiled, cues("training", lag), { ...settings, seed }, ({ step }, trainer) => {
    if (step % 50 !== 0) return false;
    if (accuracy({ compiled, params: trainer.params() }, unseen) < 0.95) return false;
    learned = step;
    return true;
  });
  return learned;
};

import type { Compiled } from "../../src/compile.ts";
import { carriedOf } from "../../src/flow/carried.ts";
import { spectralNorm } from "../../src/flow/matrix/spectral-norm.ts";
import { following } from "../../src/flow/slopes.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { countOf } from "../../src/train/tensors.ts";
import { drawnOf, type Part, times } from "../tasks/dice.ts";
import { accuracy, exactFreeRun } from "../tasks/measure.ts";
import { cues } from "../tasks/memory.ts";
import type { Trained } from "../tasks/task.ts";
import { compiledProgram, train } from "../tasks/train.ts";
import { type Claim, type Finding, proved, shown, told } from "./claim.ts";

const lags = [10, 50, 100, 200, 500, 1000];
const cells: Readonly<Record<string, string>> = {
  RNN: "RNN",
  LSTM: "LSTM",
  KeepingLSTM: "LSTM, forget gates that start near 1",
  GRU: "GRU",
  KeepingGRU: "GRU, update gates that start near 0",
};

/** A reduced sweep: how far back a cell learns to look in a fixed number of steps. */
export const feasibleLength: Claim = {
  claim: "Empirical feasible length: RNN 100, LSTM 500, GRU 1000",
  about:
    "Here: which of three words stood at the beginning, told after so many others; 16 units, 800 steps of 16 examples, one seed, so the lengths are those of this training. At each lag: sequences never seen that are right, and the norm of the whole state's derivative by what it was so many steps earlier, before and after training.",
  measure: () =>
    Object.entries(cells).flatMap(([cell, name]): ReadonlyArray<Finding> => {
      const compiled = compiledProgram("long-range-cue", { statics: { C: cell, V: 6, n: 16 } });
      const norm = normAfter(compiled);
      const swept = lags.map((lag) => {
        const trained = train(compiled, cues("training", lag), { steps: 800, batch: 16, rate: 0.01 });
        const norms = [{ compiled, params: compiled.init(1) }, trained].map((model) => norm(model, lag));
        return { lag, norms, right: accuracy(trained, cues("heldOut", lag).slice(0, 100)) };
      });
      const learned = swept.filter(({ right }) => right > 0.95).map(({ lag }) => lag);
      return [
        told(`${name}: the longest lag learned, of ${lags.join(", ")}`, Math.max(0, ...learned)),
        ...swept.map(({ lag, right, norms }) =>
          told(`  ${name}, lag ${lag}: right; norms`, `${(100 * right).toFixed(0)} %; ${norms.map(shown).join(", ")}`),
        ),
      ];
    }),
};

/** The norm of the state's derivative by itself, so many steps earlier, at the beginning of a sequence. */
const normAfter = ({ elaborated }: Compiled): ((trained: Trained, lag: number) => number) => {
  const along = following(elaborated, carriedOf(elaborated));
  return ({ params }, lag) => {
    const [example] = cues("heldOut", lag + 1);
    return spectralNorm(along.slopesAt(params, example!, 0).stateAt(lag));
  };
};

const trainedOn = [2, 4, 6, 8, 10];
const measured = [3, 5, 7, 9, 12, 15];

/** Copying a sentence, by its length, through one vector and with attention. */
export const bottleneck: Claim = {
  claim: "One vector is too short for a long sentence; attention helps (share of sentences copied without a mistake)",
  about: `Sentences of ${trainedOn.join(", ")} words are trained on, 1500 steps of 16; those that are measured have lengths that were not.`,
  measure: () => {
    const [vector, attention] = [
      { program: "encoder-decoder", n: 36 },
      { program: "translation", n: 20 },
    ].map(({ program, n }): Trained => {
      const compiled = compiledProgram(program, { statics: { V: words, M: words + 2, d: 12, n } });
      return train(compiled, copies("training", 800, trainedOn), { steps: 1500, batch: 16, rate: 0.01 });
    });
    const [few, many] = [vector!, attention!].map(({ params }) => countOf(params));
    return [
      told("numbers that are learned, through one vector", few!),
      proved("  with attention: a twentieth more or less at most", many!, Math.abs(many! / few! - 1) <= 0.05),
      ...measured.flatMap((length) => {
        const unseen = copies("heldOut", 60, [length]);
        return [
          told(`${length} words: through one vector`, copiedRight(vector!, unseen)),
          told(`${length} words: with attention`, copiedRight(attention!, unseen)),
        ];
      }),
    ];
  },
};

const words = 8;
const copiedRight = exactFreeRun(["x"]);

/** No sentence that is measured was trained on, however short. */
const copies = (part: Part, count: number, lengths: ReadonlyArray<number>): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice) => {
    const x = times(dice.pick(lengths), () => dice.below(words));
    return { x, y: [...x.map((word) => word + 2), 1] };
  });

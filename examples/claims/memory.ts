import type { Example } from "../../src/runtime/interface.ts";
import { drawnOf, type Part, times } from "../tasks/dice.ts";
import { accuracy, exactFreeRun } from "../tasks/measure.ts";
import { cueGradient, cues } from "../tasks/memory.ts";
import type { Trained } from "../tasks/task.ts";
import { compiledProgram, train } from "../tasks/train.ts";
import { type Claim, type Finding, told } from "./claim.ts";

const lags = [10, 50, 100, 200, 500, 1000];

/** A reduced sweep: how far back a cell learns to look in a fixed number of steps. */
export const feasibleLength: Claim = {
  claim: "Empirical feasible length: RNN 100, LSTM 500, GRU 1000 (here: what 800 steps of training reach, 16 units)",
  measure: () =>
    ["RNN", "LSTM", "KeepingLSTM", "GRU"].flatMap((cell): ReadonlyArray<Finding> => {
      const swept = lags.map((lag) => {
        const compiled = compiledProgram("long-range-cue", { statics: { C: cell, V: 6, n: 16 }, wrt: ["x"] });
        const heldOut = cues("heldOut", lag).slice(0, 100);
        const untrained = cueGradient({ compiled, params: compiled.init(1) }, lag, cues("heldOut", lag));
        const trained = train(compiled, cues("training", lag), { steps: 800, batch: 16, rate: 0.01 });
        return { lag, untrained, right: accuracy(trained, heldOut) };
      });
      const learned = swept.filter(({ right }) => right > 0.95).map(({ lag }) => lag);
      return [
        told(`${cell}: the longest lag learned, of ${lags.join(", ")}`, Math.max(0, ...learned)),
        ...swept.map(({ lag, untrained, right }) =>
          told(
            `  lag ${lag}: ${(100 * right).toFixed(0)} % right; gradient by the cue for the last, untrained`,
            untrained,
          ),
        ),
      ];
    }),
};

const greatest = 12;

/** Copying a sentence, by its length, through one vector and with attention. */
export const bottleneck: Claim = {
  claim: "One vector is too short for a long sentence; attention helps (share of sentences copied without a mistake)",
  measure: () => {
    const settings = { steps: 1500, batch: 16, rate: 0.01 };
    const statics = { V: 8, M: 10, d: 12, n: 20 };
    const [vector, attention] = ["encoder-decoder", "translation"].map(
      (program): Trained =>
        train(compiledProgram(program, { statics }), copies("training", 800, [2, greatest]), settings),
    );
    return [2, 4, 6, 8, 10, greatest].flatMap((length) => {
      const unseen = copies("heldOut", 60, [length, length]);
      return [
        told(`${length} words, never seen in training: through one vector`, copiedRight(vector!, unseen)),
        told(`${length} words, never seen in training: with attention`, copiedRight(attention!, unseen)),
      ];
    });
  },
};

const copiedRight = exactFreeRun(["x"]);

/** No sentence that is measured was trained on, however short. */
const copies = (part: Part, count: number, [least, most]: readonly [number, number]): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice) => {
    const x = times(dice.between(least, most), () => dice.below(8));
    return { x, y: [...x.map((word) => word + 2), 1] };
  });

import type { Figure, Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import { type FeasibleLengths, lags, recall, seeds } from "../measurements/feasible-lengths.ts";
import { toldTable } from "../parts/findings.ts";
import { matrixHtml } from "../parts/panels.ts";

const files = ["feasible-rnn", "feasible-lstm", "feasible-gru"];
const names: Readonly<Record<string, string>> = {
  RNN: "RNN",
  LongRNN: "RNN, W a rotation",
  LSTM: "LSTM",
  LongLSTM: "LSTM, long gates",
  GRU: "GRU",
  LongGRU: "GRU, long gates",
};

const slide: Readonly<Record<string, string>> = { RNN: "100", LSTM: "500", GRU: "1000" };

const lengths: Part = {
  how: "measured",
  isWide: true,
  html: () => {
    const all = files.map((name) => measured<FeasibleLengths>(name));
    const cells = all.flatMap(({ cells }) => Object.entries(cells));
    const { settings, statics } = all[0]!;
    const longest = (found: ReadonlyArray<number | null>): number =>
      found.reduce<number>((far, steps, i) => (steps === null ? far : lags[i]!), 0);
    const rows = cells.map(([cell, found]) => {
      const reached = found.map(longest);
      const sorted = reached.toSorted((a, b) => a - b);
      return [names[cell] ?? cell, ...reached.map(told), told(sorted[2]!), slide[cell] ?? ""];
    });
    const shares = {
      title: "Seeds, of five, that learned a lag",
      about: "",
      sides: [
        { name: "", labels: cells.map(([cell]) => names[cell] ?? cell), isWords: true },
        { name: "lag", labels: lags.map(String), isWords: true },
      ],
      values: cells.map(([, found]) => lags.map((_, l) => found.filter((steps) => (steps[l] ?? null) !== null).length)),
    };
    return (
      toldTable(
        "The longest lag learned",
        [["cell", ...seeds.map((seed) => `seed ${seed}`), "median", "slide"], ...rows],
        all.map(({ command }) => command).join(" · "),
      ) +
      matrixHtml(
        [shares],
        `A cue, one of three, is asked for after a lag of ${lags.join(", ")} steps of noise. ${statics.n} units, Adam at ${settings.rate}, ${settings.batch} sequences a step, gradients clipped at ${settings.clip}, at most ${settings.steps} steps for each lag; learned is what is right for 95 of 100 cues never seen. A cell that fails at a lag is not tried at longer ones.`,
      )
    );
  },
};

const told = (lag: number): string => (lag === 0 ? "none" : lag === lags.at(-1) ? `≥ ${lag}` : `${lag}`);

/** How far back a cell learns to look, by seed. */
export const feasible = (of: Pick<Figure, "slide" | "rows">): Figure => ({
  name: "feasible-lengths",
  title: "Empirical feasible lengths, over five seeds",
  words: [
    "The slide gives RNN 100, LSTM 500, GRU 1000, and no more than these numbers: not the task, the size, how it was trained, or how the gates began. Here are all of them, measured as the cells are usually begun and with a memory that begins long.",
  ],
  ...of,
  exhibits: [
    { program: recall("LongGRU"), opens: { view: "flow", settings: { steps: 600, rate: 0.003 } }, parts: [lengths] },
  ],
  found: [
    "As they are usually begun, all three cells learn lags of tens here, and their order is not the slide's. Begun with long memories, the LSTM and the GRU both reach the longest lag that was tried, with every seed. How the gates begin decides more than which cell it is; “feasible length” belongs to cell, beginning and training together.",
  ],
});

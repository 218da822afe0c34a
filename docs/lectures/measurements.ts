import { births } from "./measurements/births.ts";
import { bottleneck } from "./measurements/bottleneck.ts";
import { feasibleLengths } from "./measurements/feasible-lengths.ts";
import { hmmAgainstRnn } from "./measurements/hmm.ts";
import { rareWords } from "./measurements/rare-words.ts";
import { sensitivity } from "./measurements/sensitivity.ts";
import { speed } from "./measurements/speed.ts";

/** What takes minutes, by the name that `npm run lectures -- --measure` gives it: plain data for a file. */
export const measurements: Readonly<Record<string, () => object>> = {
  "feasible-rnn": feasibleLengths(["RNN", "LongRNN"]),
  "feasible-lstm": feasibleLengths(["LSTM", "LongLSTM"]),
  "feasible-gru": feasibleLengths(["GRU", "LongGRU"]),
  births,
  bottleneck,
  "hmm-against-rnn": hmmAgainstRnn,
  "rare-words": rareWords,
  sensitivity,
  speed,
};

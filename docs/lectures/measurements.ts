import { feasibleLengths } from "./measurements/feasible-lengths.ts";

/** What takes minutes, by the name that `npm run lectures -- --measure` gives it: plain data for a file. */
export const measurements: Readonly<Record<string, () => object>> = {
  "feasible-rnn": feasibleLengths(["RNN", "LongRNN"]),
  "feasible-lstm": feasibleLengths(["LSTM", "LongLSTM"]),
  "feasible-gru": feasibleLengths(["GRU", "LongGRU"]),
};

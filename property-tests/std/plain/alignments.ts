import { add, exp, log, type Num, number, sub, type Vec } from "./numbers.ts";

/** Every sequence of so many symbols out of `size`. */
export const sequences = (length: number, size: number): ReadonlyArray<ReadonlyArray<number>> =>
  length === 0
    ? [[]]
    : sequences(length - 1, size).flatMap((before) => Array.from({ length: size }, (_, symbol) => [...before, symbol]));

const logSoftmax = (scores: Vec): Vec => scores.map((score) => sub(score, log(add(...scores.map(exp)))));

/** Log probabilities of ways, summed; where there is none, `otherwise`. */
const logSum = (ways: ReadonlyArray<Num>, otherwise: number): Num =>
  ways.length === 0 ? number(otherwise) : log(add(...ways.map(exp)));

/** Graves and others 2006, equation 2: what is left of symbols when repetitions are merged, then blanks (0) left out. */
const collapsed = (symbols: ReadonlyArray<number>): ReadonlyArray<number> =>
  symbols.filter((symbol, t) => symbol !== 0 && symbol !== symbols[t - 1]);

const isSame = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): boolean =>
  a.length === b.length && a.every((symbol, i) => symbol === b[i]);

/** Equation 3: the log probability of labels, over all sequences of symbols that collapse to them, one by one. */
export const temporalClassification = (
  u: ReadonlyArray<Vec>,
  labels: ReadonlyArray<number>,
  otherwise: number,
): Num => {
  const p = u.map(logSoftmax);
  const ways = sequences(u.length, u[0]?.length ?? 1).filter((symbols) => isSame(collapsed(symbols), labels));
  return logSum(
    ways.map((symbols) => add(...symbols.map((symbol, t) => p[t]![symbol]!))),
    otherwise,
  );
};

/** Graves 2012, equation 12: over all ways to emit labels between blanks, of which each of `positions` ends with one. */
export const transduction = (
  scores: (t: number, u: number) => Vec,
  positions: number,
  labels: ReadonlyArray<number>,
  otherwise: number,
): Num => {
  const from = (t: number, u: number): ReadonlyArray<Num> => {
    if (t === positions) return u === labels.length ? [number(0)] : [];
    const p = logSoftmax(scores(t, u));
    const read = from(t + 1, u).map((rest) => add(p[0]!, rest));
    const label = labels[u];
    return label === undefined || label === 0 ? read : [...read, ...from(t, u + 1).map((rest) => add(p[label]!, rest))];
  };
  return logSum(from(0, 0), otherwise);
};

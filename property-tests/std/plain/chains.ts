import { sequences } from "./alignments.ts";
import { add, exp, log, type Mat, type Num, sub, type Vec } from "./numbers.ts";

const scoreOf = (labels: ReadonlyArray<number>, u: ReadonlyArray<Vec>, A: Mat, s: Vec): Num =>
  add(...labels.map((label, t) => add(u[t]![label]!, t === 0 ? s[label]! : A[labels[t - 1]!]![label]!)));

/** The logarithm of the sum, over all sequences of labels, of the exponential of their scores: one by one. */
export const logPartition = (u: ReadonlyArray<Vec>, A: Mat, s: Vec): Num =>
  log(add(...sequences(u.length, s.length).map((labels) => exp(scoreOf(labels, u, A, s)))));

/** Of a hidden Markov model: the probability of symbols, summed over all sequences of states. */
export const hiddenMarkov = (w: ReadonlyArray<number>, s: Vec, A: Mat, B: Mat): Num => {
  const normalised = (scores: Vec): Vec => {
    const total = log(add(...scores.map(exp)));
    return scores.map((score) => sub(score, total));
  };
  const emissions = B.map(normalised);
  return logPartition(
    w.map((symbol) => emissions.map((row) => row[symbol]!)),
    A.map(normalised),
    normalised(s),
  );
};

/** Lafferty, McCallum and Pereira 2001, equation 1: the log likelihood of labels among all sequences. */
export const conditionalField = (
  given: ReadonlyArray<number>,
  u: ReadonlyArray<Vec>,
  { A, s, e }: { readonly A: Mat; readonly s: Vec; readonly e: Vec },
): Num => {
  const whole = (labels: ReadonlyArray<number>): Num => add(scoreOf(labels, u, A, s), e[labels.at(-1)!]!);
  return sub(whole(given), log(add(...sequences(u.length, s.length).map((labels) => exp(whole(labels))))));
};

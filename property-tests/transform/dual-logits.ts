/** A number with its slopes by three logits; every function is exact at any size. */
export interface Dual {
  readonly value: number;
  readonly slopes: ReadonlyArray<number>;
}

export const logit = (x: ReadonlyArray<number>, place: number): Dual => ({
  value: x[place]!,
  slopes: x.map((_, i) => (i === place ? 1 : 0)),
});

export const constant = (value: number): Dual => ({ value, slopes: [0, 0, 0] });

const chain = (x: Dual, value: number, slope: number): Dual => ({
  value,
  slopes: x.slopes.map((each) => (slope === 0 ? 0 : slope * each)),
});

export const plus = (...terms: ReadonlyArray<Dual>): Dual => ({
  value: terms.reduce((sum, { value }) => sum + value, 0),
  slopes: [0, 1, 2].map((i) => terms.reduce((sum, { slopes }) => sum + slopes[i]!, 0)),
});

export const times = (factor: number, x: Dual): Dual => chain(x, factor * x.value, factor);

export const minus = (x: Dual, y: Dual): Dual => plus(x, times(-1, y));

export const product = (x: Dual, y: Dual): Dual => ({
  value: x.value * y.value,
  slopes: x.slopes.map((slope, i) => slope * y.value + y.slopes[i]! * x.value),
});

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

export const sigmoid = (x: Dual): Dual => chain(x, logistic(x.value), logistic(x.value) * logistic(-x.value));

export const softplus = (x: Dual): Dual =>
  chain(x, Math.max(x.value, 0) + Math.log1p(Math.exp(-Math.abs(x.value))), logistic(x.value));

export const tanh = (x: Dual): Dual => chain(x, Math.tanh(x.value), 4 * logistic(2 * x.value) * logistic(-2 * x.value));

export const exp = (x: Dual): Dual => chain(x, Math.exp(x.value), Math.exp(x.value));

/** log(sum(exp(x))) of several. */
export const logSum = (...terms: ReadonlyArray<Dual>): Dual => {
  const most = Math.max(...terms.map(({ value }) => value));
  const weights = terms.map(({ value }) => (value === most ? 1 : Math.exp(value - most)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    value: most + Math.log(total),
    slopes: [0, 1, 2].map((i) => terms.reduce((sum, { slopes }, j) => sum + (weights[j]! / total) * slopes[i]!, 0)),
  };
};

/** The logarithm of the share that one of several exponentials has of their sum. */
export const logShare = (place: number, ...terms: ReadonlyArray<Dual>): Dual =>
  times(-1, softplus(minus(logSum(...terms.filter((_, i) => i !== place)), terms[place]!)));

export const share = (place: number, ...terms: ReadonlyArray<Dual>): Dual => exp(logShare(place, ...terms));

/** The logarithm of a softplus: what it lacks of its operand, far below 0, is half the exponential of that. */
export const logSoftplus = (x: Dual): Dual => {
  const { value } = softplus(x);
  return x.value < -30
    ? chain(x, x.value - Math.exp(x.value) / 2, 1 - Math.exp(x.value) / 2)
    : chain(x, Math.log(value), logistic(x.value) / value);
};

/** The greatest of several, whose slope is that of all which are equal to it, in equal parts. */
export const greatest = (...terms: ReadonlyArray<Dual>): Dual => {
  const value = Math.max(...terms.map((term) => term.value));
  const equal = terms.filter((term) => term.value === value);
  return { value, slopes: times(1 / equal.length, plus(...equal)).slopes };
};

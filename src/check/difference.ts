/** A derivative by differences, and how far it may be off by what they leave out and by rounding. */
export interface Estimate {
  readonly value: number;
  readonly uncertainty: number;
}

/** A function along a line, and how far rounding may put its values off. */
export interface Along {
  readonly value: (step: number) => number;
  readonly noise: number;
}

/**
 * The derivative at 0: central differences at three steps, of which each halves the one before, and their limit
 * (Richardson 1911, Ridders 1982). The steps are those that leave the least in doubt: shorter ones where a kink (of
 * relu, abs, max, if) or a steep curve is near, longer ones where rounding hides what a short step changes. The
 * gradient under test has no say in the choice.
 */
export const derivativeOf = (along: Along, enough: number): Estimate => {
  const difference = remembered((level) => centralDifference(along.value, 2 ** -level));
  let best: Estimate = { value: Number.NaN, uncertainty: Number.POSITIVE_INFINITY };
  for (const level of levels) {
    const found = limitFrom(difference, level, along.noise);
    if (found.uncertainty < best.uncertainty) best = found;
    if (best.uncertainty <= enough) break;
  }
  return best;
};

/** The first step is 2 to the minus this: what suits most functions first, then the others from long to short. */
const levels = [12, 8, 5, 3, 15, 18, 21];

/** A single short difference: enough where it agrees closely. */
export const quickDifference = ({ value, noise }: Along): Estimate => ({
  value: centralDifference(value, quickStep),
  uncertainty: roundingOf(noise, quickStep),
});

const quickStep = 2 ** -16;

const centralDifference = (value: (step: number) => number, step: number): number =>
  (value(step) - value(-step)) / (2 * step);

/** The noise is a deviation; five of them, through all the weights of a limit, are beyond what it does. */
const roundingOf = (noise: number, shortest: number): number => (5 * noise) / shortest;

/** Two limits that leave out terms of the fourth order, and their own; how far these differ bounds what is left out. */
const limitFrom = (difference: (level: number) => number, level: number, noise: number): Estimate => {
  const [long, middle, short] = [difference(level), difference(level + 1), difference(level + 2)];
  const coarse = (4 * middle - long) / 3;
  const fine = (4 * short - middle) / 3;
  const value = (16 * fine - coarse) / 15;
  return { value, uncertainty: Math.abs(value - fine) + roundingOf(noise, 2 ** -level / 4) };
};

const remembered = (difference: (level: number) => number): ((level: number) => number) => {
  const known = new Map<number, number>();
  return (level) => {
    const value = known.get(level) ?? difference(level);
    known.set(level, value);
    return value;
  };
};

import type { Observations } from "./observations.ts";
import type { Statistic } from "./statistic.ts";

/** How often each actual class was taken for each class: what never happened has no entry. */
export type Confusion = ReadonlyMap<number, ReadonlyMap<number, number>>;

export const confusionOf = (all: ReadonlyArray<Observations>): Confusion => {
  const rows = new Map<number, Map<number, number>>();
  for (const { actual, said } of all)
    for (const [i, symbol] of actual.entries()) {
      const row = rows.get(symbol) ?? new Map<number, number>();
      rows.set(symbol, row);
      row.set(said.expected[i]!, (row.get(said.expected[i]!) ?? 0) + 1);
    }
  return rows;
};

/** How well one class is told from the others (van Rijsbergen 1979); a quotient of nothing is 0. */
export interface ClassScore {
  readonly symbol: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How often it occurs. */
  readonly support: number;
}

/** Of every class that occurs or was predicted, in the order of their numbers. */
export const scoresOf = (confusion: Confusion): ReadonlyArray<ClassScore> => {
  const predicted = new Map<number, number>();
  for (const row of confusion.values())
    for (const [symbol, count] of row) predicted.set(symbol, (predicted.get(symbol) ?? 0) + count);
  const symbols = [...new Set([...confusion.keys(), ...predicted.keys()])].sort((a, b) => a - b);
  return symbols.map((symbol) => {
    const row = confusion.get(symbol);
    const right = row?.get(symbol) ?? 0;
    const support = row === undefined ? 0 : [...row.values()].reduce((a, b) => a + b, 0);
    const taken = predicted.get(symbol) ?? 0;
    return {
      symbol,
      precision: taken === 0 ? 0 : right / taken,
      recall: support === 0 ? 0 : right / support,
      f1: (2 * right) / (support + taken),
      support,
    };
  });
};

/** The mean of F1 over the classes that occur or are predicted, of examples drawn again and again. */
export const macroF1 = (all: ReadonlyArray<Observations>): Statistic => {
  const { starts, symbols, right, both, classes } = tallied(all);
  const [rightOf, bothOf] = [new Float64Array(classes), new Float64Array(classes)];
  return (times) => {
    rightOf.fill(0);
    bothOf.fill(0);
    for (let e = 0; e < all.length; e++) {
      const count = times[e]!;
      if (count === 0) continue;
      for (let k = starts[e]!; k < starts[e + 1]!; k++) {
        rightOf[symbols[k]!]! += count * right[k]!;
        bothOf[symbols[k]!]! += count * both[k]!;
      }
    }
    let sum = 0;
    let seen = 0;
    for (let symbol = 0; symbol < classes; symbol++) {
      if (bothOf[symbol] === 0) continue;
      sum += (2 * rightOf[symbol]!) / bothOf[symbol]!;
      seen++;
    }
    return sum / seen;
  };
};

/** Of each class in each example: how often it is told right, and how often it occurs or is predicted, one after the other. */
const tallied = (all: ReadonlyArray<Observations>) => {
  const tallies = all.map(({ actual, said: { expected } }) => {
    const of = new Map<number, { right: number; both: number }>();
    const tally = (symbol: number) => {
      const found = of.get(symbol) ?? { right: 0, both: 0 };
      of.set(symbol, found);
      return found;
    };
    for (const [i, symbol] of actual.entries()) {
      if (symbol === expected[i]) tally(symbol).right++;
      tally(symbol).both++;
      tally(expected[i]!).both++;
    }
    return [...of];
  });
  const flat = tallies.flat();
  const starts = new Int32Array(all.length + 1);
  for (const [e, { length }] of tallies.entries()) starts[e + 1] = starts[e]! + length;
  const symbols = Int32Array.from(flat, ([symbol]) => symbol);
  return {
    starts,
    symbols,
    right: Float64Array.from(flat, ([, { right }]) => right),
    both: Float64Array.from(flat, ([, { both }]) => both),
    classes: 1 + symbols.reduce((a, b) => Math.max(a, b), -1),
  };
};

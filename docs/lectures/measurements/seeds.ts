/** The least, the middle and the greatest of what seeds reached. */
export const spreadOf = (values: ReadonlyArray<number>): readonly [least: number, middle: number, greatest: number] => {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
};

/** Four digits are enough of what is measured. */
export const short = (value: number): number => Number(value.toPrecision(4));

/** What is measured of examples, of which each counts so many times: once, or as often as it was drawn again. */
export type Statistic = (times: ArrayLike<number>) => number;

/** A sum over examples divided by another one. */
export const ratio = (
  above: ReadonlyArray<number>,
  below: ReadonlyArray<number>,
  change: (value: number) => number = (value) => value,
): Statistic => {
  const [tops, bottoms] = [Float64Array.from(above), Float64Array.from(below)];
  return (times) => {
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < tops.length; i++) {
      const count = times[i]!;
      if (count === 0) continue;
      top += count * tops[i]!;
      bottom += count * bottoms[i]!;
    }
    return change(top / bottom);
  };
};

export const onceEach = (examples: number): ArrayLike<number> => new Uint8Array(examples).fill(1);

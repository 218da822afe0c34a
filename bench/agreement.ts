/** Whether two outcomes are the same within single precision's rounding: numbers, or lists of them. */
export const agree = (a: unknown, b: unknown): boolean => {
  const [left, right] = [[a].flat() as number[], [b].flat() as number[]];
  return left.length === right.length && left.every((value, i) => close(value, right[i]!));
};

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(b));

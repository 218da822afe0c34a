/** How tightly each form binds, the loosest first. A big sum takes what follows it up to the next plus. */
export const levels = {
  choice: 0,
  comparison: 1,
  sum: 2,
  series: 3,
  scaled: 4,
  signed: 5,
  product: 6,
  power: 7,
  whole: 8,
  /** Nothing stands so without brackets. */
  closed: 9,
} as const;

/**
 * What a program may come to once it is written out, so that a short text cannot take all memory or time. Each is counted
 * before anything is written out; who goes over one is told what is too large, how large, and the limit (RNN110).
 * The limits of a source text stand in `syntax/limits.ts`.
 */
export const limits = {
  /** Members of all families together, of those in others each with each: a member is a few equations. */
  members: 10_000,
  /** Applications of cells together, those in cells as often as the cells: cells that contain cells twice double. */
  applications: 10_000,
  /** Cells in cells; beyond, one must be applying itself. */
  cellDepth: 60,
  /** Components of one axis of a value. */
  axis: 2 ** 24,
  /** Components of a value, over axes of fixed size too: 256 MB in single precision. */
  tensor: 2 ** 26,
  /** Components of all parameters. */
  parameters: 2 ** 28,
  /** Positions outside its axes that a reading may come to, over several axes each with each: each is a boundary. */
  distance: 1_000,
  /** Places that a message names where a size comes from. */
  origins: 8,
  /** Steps of a cycle that a message shows. */
  steps: 20,
} as const;

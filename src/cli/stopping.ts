/** What may stop a training before its time: a signal, or a clock. */
export interface Stopping {
  readonly isInterrupted: () => boolean;
  readonly isOutOfTime: () => boolean;
  readonly ignore: () => void;
}

/** A second interruption ends the process at once. Without seconds there is no clock. */
export const heedStops = (seconds: number | undefined, clock: () => number = Date.now): Stopping => {
  const start = clock();
  let heard = false;
  const hear = (): void => {
    if (heard) process.exit(130);
    heard = true;
  };
  process.on("SIGINT", hear);
  process.on("SIGTERM", hear);
  return {
    isInterrupted: () => heard,
    isOutOfTime: () => seconds !== undefined && clock() - start >= 1000 * seconds,
    ignore: () => {
      process.off("SIGINT", hear);
      process.off("SIGTERM", hear);
    },
  };
};

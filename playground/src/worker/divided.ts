import type { Example } from "../../../src/runtime/interface.ts";

export interface Divided {
  readonly learned: ReadonlyArray<Example>;
  readonly heldOut: ReadonlyArray<Example>;
}

/** Every fifth example is held out, where there are enough of them. */
export const dividedData = (examples: ReadonlyArray<Example>): Divided =>
  examples.length < enough
    ? { learned: examples, heldOut: [] }
    : {
        learned: examples.filter((_, i) => i % 5 !== 4),
        heldOut: examples.filter((_, i) => i % 5 === 4),
      };

const enough = 20;

import type { Flow } from "../flow.ts";

/** What is drawn: the flow in a model, perhaps before and after training, and of which example. */
export interface Portrait {
  readonly model: string;
  /** In words: what the example is. */
  readonly about: string;
  readonly flows: ReadonlyArray<{ readonly when: string; readonly flow: Flow }>;
}

import type { Block, LoopProgram } from "../../loops/loops.ts";
import { changedBy } from "../changes.ts";

/** The values with names that a block writes, in the order in which it does; numbered ones are the compiler's own. */
export const writtenValues = ({ body }: Block, { buffers }: Pick<LoopProgram, "buffers">): ReadonlyArray<string> => {
  const names = body.flatMap((loop) => [...changedBy(loop).buffers].map((buffer) => buffers[buffer]!.name));
  return [...new Set(names)].filter((name) => !/^v\d+$/.test(name));
};

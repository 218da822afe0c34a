import type { Block, BufferId, Loop, LoopProgram } from "../../loops/loops.ts";

/** The values with names that a block writes, in the order in which it does; numbered ones are the compiler's own. */
export const writtenValues = ({ body }: Block, { buffers }: Pick<LoopProgram, "buffers">): ReadonlyArray<string> => {
  const names = body.flatMap(buffersWritten).map((buffer) => buffers[buffer]!.name);
  return [...new Set(names)].filter((name) => !/^v\d+$/.test(name));
};

const buffersWritten = (loop: Loop): ReadonlyArray<BufferId> => {
  switch (loop.tag) {
    case "for":
      return loop.body.flatMap(buffersWritten);
    case "if":
      return [...loop.then, ...loop.else].flatMap(buffersWritten);
    case "store":
      return [loop.buffer];
    case "product":
      return [loop.result.buffer];
    default:
      return [];
  }
};

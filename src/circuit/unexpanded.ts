import { CompilerFault } from "../fault.ts";

/** What stands for derivatives is expanded before a circuit is evaluated, given a batch or made loops of. */
export const unexpanded = (part: string): never => {
  throw new CompilerFault(part, "a derivative was not expanded");
};

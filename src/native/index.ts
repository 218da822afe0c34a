import * as E from "fp-ts/lib/Either.js";
import { install, nativeMachine } from "./library.ts";

/**
 * `rnnc/native`: modules compiled with the target `native` run once this is imported, wherever they were compiled. Needs
 * Node, a C compiler (`CC`, or else cc, gcc or clang) and koffi.
 */
install();

/** Why native code cannot run on this machine, or nothing. */
export const nativeProblem = (): string | undefined => {
  const machine = nativeMachine();
  return E.isLeft(machine) ? machine.left : undefined;
};

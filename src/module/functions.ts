import { once } from "../once.ts";
import type { CompiledModel } from "../runtime/interface.ts";
import type { Programs } from "../runtime/program.ts";
import type { ExportName, ModuleContents } from "./contents.ts";
import { programsOf, programsTogether } from "./exports.ts";
import { type Closures, instantiate } from "./instantiate.ts";

/**
 * The functions of a module. The programs that one runs are compiled when it is first called, with those of the functions
 * that share something with it: most callers need few of them.
 */
export const lazyFunctions = (
  exports: ReadonlyArray<ExportName>,
  isThreaded: boolean,
  contentsOf: (programs: ReadonlyArray<keyof Programs>) => ModuleContents,
): Omit<CompiledModel, "model"> => {
  const made = new Map<string, Closures>();
  // What is on several threads shares their workers.
  const together = (name: ExportName): ReadonlyArray<keyof Programs> =>
    isThreaded ? programsOf(exports, isThreaded) : programsTogether(name, exports, isThreaded);
  const keyOf = (name: ExportName): string => together(name).join();
  const closuresOf = (name: ExportName) =>
    once(() => {
      const closures = made.get(keyOf(name)) ?? instantiate(contentsOf(together(name)));
      made.set(keyOf(name), closures);
      return closures;
    });
  const closures = {
    init: closuresOf("init"),
    pack: closuresOf("pack"),
    forward: closuresOf("forward"),
    loss: closuresOf("loss"),
    gradient: closuresOf("gradient"),
    stepping: closuresOf("step"),
    stream: closuresOf("stream"),
    trainer: closuresOf("trainer"),
  };
  return {
    init: (...given) => closures.init().init(...given),
    pack: (...given) => closures.pack().pack(...given),
    forward: (...given) => closures.forward().forward(...given),
    loss: (...given) => closures.loss().loss(...given),
    // Whoever asks for a gradient may be about to change parameters that a stream has taken over.
    gradient: (...given) => {
      made.get(keyOf("step"))?.forget();
      return closures.gradient().gradient(...given);
    },
    start: (...given) => closures.stepping().start(...given),
    step: (...given) => closures.stepping().step(...given),
    stream: (...given) => closures.stream().stream(...given),
    generate: (...given) => closures.stepping().generate(...given),
    search: (...given) => closures.stepping().search(...given),
    trainer: (...given) => closures.trainer().trainer(...given),
  };
};

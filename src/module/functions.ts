import { once } from "../once.ts";
import type { CompiledModel } from "../runtime/interface.ts";
import type { ModuleContents } from "./contents.ts";
import { instantiate } from "./instantiate.ts";

/** The functions of a module, whose text is evaluated when one of them is first called. */
export const lazyFunctions = (parts: () => ModuleContents): Omit<CompiledModel, "model"> => {
  const closures = once(() => instantiate(parts()));
  return {
    init: (...given) => closures().init(...given),
    pack: (...given) => closures().pack(...given),
    forward: (...given) => closures().forward(...given),
    loss: (...given) => closures().loss(...given),
    gradient: (...given) => closures().gradient(...given),
    start: (...given) => closures().start(...given),
    step: (...given) => closures().step(...given),
    generate: (...given) => closures().generate(...given),
    search: (...given) => closures().search(...given),
    trainer: (...given) => closures().trainer(...given),
  };
};

import type { CompiledModel } from "../runtime/interface.ts";
import type { ModuleContents } from "./contents.ts";
import { closureText } from "./text.ts";

/** A compiled model; `forget` lets its stream read parameters anew. */
export type Closures = CompiledModel & { readonly forget: () => void };

/**
 * The closures of a compiled model: the one place where generated text is evaluated in process.
 *
 * Engines share what they learn about types between functions of identical text, so every text is made unique: one
 * model's misuse must not slow another down.
 */
export const instantiate = (parts: ModuleContents): Closures => {
  instances += 1;
  return new Function(`${closureText(parts)}// instance ${instances}`)() as Closures;
};

let instances = 0;

import type { Model } from "../circuit/model.ts";
import type { Without } from "../circuit/optimisation.ts";
import type { CompiledModel, Params } from "../runtime/interface.ts";
import type { Choices } from "../schedule/choices.ts";
import type { Memory } from "../schedule/recompute/memory.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { CText } from "./c/contents.ts";
import type { Storage } from "./c/stored.ts";
import type { Circuits } from "./circuits.ts";
import type { Holding } from "./holding.ts";

/** A compiled model: its functions, its texts, and the circuits they were made of; each is made when first used. */
export interface Compiled extends CompiledModel {
  readonly moduleText: string;
  readonly declarationText: string;
  /** The module in C, whatever it was compiled to run as. */
  readonly c: CText;
  /** The same with weights in it. */
  readonly cOf: (params: Params, storage: Storage) => CText;
  readonly elaborated: Model;
  readonly circuits: Circuits;
  /** The optimisations that were switched off. */
  readonly without: Without;
  readonly memory: Memory;
  /** How the programs are scheduled. */
  readonly choices: Choices;
  /** The bytes of a program's arena (buffers, packed operands), for a batch of so many examples with these greatest lengths. */
  readonly bytes: (
    program: keyof Circuits,
    sizes: { readonly batch: number; readonly lengths: Readonly<Record<string, number>> },
  ) => number;
  /** For comparing the gradient with differences. */
  readonly holding: Holding;
  readonly warnings: ReadonlyArray<Diagnostic>;
}

import type { LoopProgram } from "../../loops/loops.ts";
import type { ModelInfo, Params } from "../../runtime/interface.ts";
import type { Generation, Programs } from "../../runtime/program.ts";
import type { ExportName } from "../contents.ts";
import type { Storage } from "./stored.ts";

/** A program of a module, with what it takes over that is looked up by. */
export interface CProgram {
  readonly program: LoopProgram;
  readonly symbols: Readonly<Record<string, number>>;
  /** How many offsets its plan gives. */
  readonly offsets: number;
  /** Whether its parameters are packed before it runs (`rn_NAME_pack`). */
  readonly isPacked: boolean;
}

/** What a module in C is made of. */
export interface CContents {
  readonly model: ModelInfo;
  /** The functions that are wanted, as a module in JavaScript has them. */
  readonly exports: ReadonlyArray<ExportName>;
  /** How it draws its `~`, if it is to and can. */
  readonly generation: Generation | null;
  /** Of a run, its weights and how they are kept. */
  readonly weights?: { readonly params: Params; readonly storage: Storage } | undefined;
  readonly programs: { readonly [name in keyof Programs]?: CProgram };
}

/** The text of a module in C: what goes into its two files. */
export interface CText {
  readonly source: string;
  readonly header: string;
}

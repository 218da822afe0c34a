import type { Coding, Vocabulary } from "../coding/coding.ts";
import type { DeclaredVariable } from "../coding/declared.ts";
import type { Stretch } from "../coding/values.ts";

/** What a trained model is served by, beside its functions and weights: plain data, which a module can hold. */
export interface Facts {
  readonly declared: ReadonlyArray<DeclaredVariable>;
  readonly coding: Coding;
  /** Of a model that was trained on text. */
  readonly vocabulary: Vocabulary | null;
  readonly stretch: Stretch;
  /** Whether an example is several rows of a table: each field then is a list. */
  readonly gathers: boolean;
}

/** A record as a line of JSON has it: fields by name, words as texts, numbers in their own units. */
export type InputRecord = Readonly<Record<string, unknown>>;

import type { Safetensors } from "../safetensors.ts";
import type { Dialect } from "./dialect.ts";
import { fileLayers } from "./file-layers.ts";
import { keras } from "./keras.ts";
import { pytorch } from "./pytorch.ts";

/** By the word that a command names each by. */
export const dialects = { pytorch, keras } satisfies Readonly<Record<string, Dialect>>;

export type DialectName = keyof typeof dialects;

/** A dialect, and the kind of its layers where it is named: `pytorch`, `pytorch:lstm`. */
export interface AskedDialect {
  readonly dialect: Dialect;
  readonly word: string | undefined;
}

/** All that may be asked for. */
export const dialectNames: ReadonlyArray<string> = Object.entries<Dialect>(dialects).flatMap(([name, { layers }]) => [
  name,
  ...new Set(Object.values(layers).map(({ word }) => `${name}:${word}`)),
]);

/** Nothing for a name that is none of these. */
export const dialectNamed = (text: string): AskedDialect | undefined => {
  if (!dialectNames.includes(text)) return undefined;
  const [name, word] = text.split(":");
  return { dialect: dialects[name as DialectName], word };
};

/** The dialect whose recurrent layers a file has, if it has some. */
export const dialectOf = ({ tensors }: Pick<Safetensors, "tensors">): DialectName | undefined =>
  (Object.keys(dialects) as ReadonlyArray<DialectName>).find((name) => fileLayers(dialects[name], tensors).length > 0);

import type { CompiledModel, Params } from "../runtime/interface.ts";
import type { Vocabulary } from "./coding/coding.ts";
import { tokensOf } from "./coding/tokens.ts";
import { copiesOf, type Drawing, drawingOf } from "./drawing.ts";
import { usualLength } from "./generated-length.ts";
import { decode, encode } from "./vocabulary.ts";

/** The prefix and what a model of text makes of it, as often as is asked. */
export const drawTexts = (
  { model, generate }: Pick<CompiledModel, "model" | "generate">,
  params: Params,
  vocabulary: Vocabulary,
  prefix: string,
  drawing: Drawing,
): ReadonlyArray<string> => {
  const target = model.targets[0]!.name;
  const given = Array.from(encode(vocabulary)(prefix));
  const { values } = generate(params, {
    ...drawingOf(drawing, given.length + usualLength(model, drawing.length)),
    size: copiesOf(drawing),
    ...(given.length === 0 ? {} : { prefix: { [target]: given } }),
  });
  return values[target]!.map((symbols) => decode(vocabulary)(symbols as ReadonlyArray<number>));
};

/** The first token of a prefix that the vocabulary does not have, counted from 1, as the end of a sentence. */
export const unknownToken = ({ entries, tokens, lower }: Vocabulary, prefix: string): string | undefined => {
  const known = new Set(entries);
  const given = tokensOf(tokens, lower, prefix);
  const at = given.findIndex((token) => !known.has(token));
  return at < 0
    ? undefined
    : `the run does not know the ${tokens === "chars" ? "character" : "word"} ${JSON.stringify(given[at])}, which is the ${at + 1}. of the prefix; it was in no text that it was trained on, or too seldom`;
};

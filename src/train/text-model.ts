import * as E from "fp-ts/lib/Either.js";
import type { Example, ModelInfo } from "../runtime/interface.ts";

/** How a model of text is fed: the name of its one symbol target. */
export interface TextModel {
  readonly target: string;
  readonly example: (text: Int32Array) => Example;
}

/**
 * A model of text predicts each symbol from those before it: it has one target, symbols of the vocabulary's size over
 * one axis of free length, and no input (it reads `y[t-1]`). On the left, what is wrong, in words.
 */
export const asTextModel = (model: ModelInfo, symbols: number): E.Either<string, TextModel> => {
  const [target, ...others] = model.targets;
  if (target === undefined || others.length > 0 || target.symbols === undefined || target.indices.length !== 1)
    return E.left(
      `To be trained on text, ${model.name} needs exactly one random symbol over one axis, like \`y[t] : symbol[V] ~ categorical(p[t])\``,
    );
  if (model.inputs.length > 0)
    return E.left(
      `To be trained on text, ${model.name} may have no input, but it has \`${model.inputs[0]!.name}\`: read \`${target.name}[${target.indices[0]}-1]\` instead`,
    );
  if (target.symbols !== symbols)
    return E.left(
      `The training text has ${symbols} symbols, but \`${target.name}\` is one of ${target.symbols}; leave \`V\` free, and training sets it`,
    );
  return E.right({ target: target.name, example: (text) => ({ [target.name]: text }) });
};

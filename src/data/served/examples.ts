import * as E from "fp-ts/lib/Either.js";
import type { CompiledModel, Example } from "../../runtime/interface.ts";
import { rangeRefusal } from "../../runtime/refusal.js";
import { fittedExample, toldAs } from "../coding/example.ts";
import type { Facts } from "./facts.ts";
import { sampleOf } from "./sample.ts";

/** What a caller gives: one record, or a list of them. */
export interface Asked {
  readonly isList: boolean;
  readonly records: ReadonlyArray<unknown>;
}

export const askedOf = (input: unknown): Asked =>
  Array.isArray(input) ? { isList: true, records: input } : { isList: false, records: [input] };

const whereOf = ({ isList }: Asked, i: number): string => (isList ? `input[${i}]` : "input");

/** The examples of records that a caller gives, as a run's data are made examples. */
export const examplesOf = (
  { model }: Pick<CompiledModel, "model">,
  facts: Facts,
  asked: Asked,
): ReadonlyArray<Example> => {
  const encoder = { ...facts, model, isTraining: false, isChoosing: false };
  return asked.records.map((record, i) => {
    const where = whereOf(asked, i);
    const example = fittedExample(encoder, sampleOf(facts, record, where));
    if (E.isLeft(example)) throw rangeRefusal(`${where}: ${example.left.problem}`);
    return example.right;
  });
};

/** What the model refuses of an example, told by the fields of its record. */
export const asToldOf = <A>(
  facts: Facts,
  asked: Asked,
  examples: ReadonlyArray<Example>,
  attempt: () => A,
  fits: (example: Example) => void,
): A => {
  try {
    return attempt();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    examples.forEach((example, i) => {
      try {
        fits(example);
      } catch (reason) {
        const told = isRefusal(reason) ? inFields(facts, reason.message) : undefined;
        if (told !== undefined) throw rangeRefusal(`${whereOf(asked, i)}: ${told}`);
      }
    });
    throw error;
  }
};

const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === "RnncError";

/** `examples[0].w[2]: expected …` as `w (name)[2]: expected …`; nothing of what says another thing. */
const inFields = ({ declared, coding }: Facts, message: string): string | undefined => {
  const [, rest] = /^(?:options\.)?(?:examples|inputs)(?:\[\d+\])?(?:\.|: )?(.*)$/s.exec(message) ?? [];
  if (rest === undefined) return undefined;
  const name = declared
    .map((variable) => variable.name)
    .find((known) => new RegExp(`^${literally(known)}(?![\\p{L}\\p{N}_'])`, "u").test(rest));
  return name === undefined ? rest : `${toldAs(coding, name)}${rest.slice(name.length)}`;
};

const literally = (text: string): string => text.replaceAll(/[^\p{L}\p{N}_]/gu, "\\$&");

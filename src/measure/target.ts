import type { Coding, Scaling, Vocabulary } from "../data/coding/coding.ts";
import { fieldsOf } from "../data/coding/fields.ts";
import { ownOf } from "../data/coding/own.ts";
import type { ModelInfo, RandomInfo, VariableInfo } from "../runtime/interface.ts";

/** How a target is measured: as classes, as the next token of a text, or in the units of its data. */
export type Kind = "classes" | "characters" | "words" | "reals";

/** A target, or one component of it where several fields make them. */
export interface MeasuredTarget {
  /** As it is told: `y`, or `y (load)`. */
  readonly name: string;
  readonly variable: string;
  readonly family: RandomInfo["family"];
  readonly kind: Kind;
  /** The axes, in the order of its indices. */
  readonly indices: ReadonlyArray<string>;
  /** How many components a value has, and which of them is measured: by default all. */
  readonly width: number;
  readonly component: number | undefined;
  /** The field that the component is made of, where it is one number. */
  readonly field: string | undefined;
  /** The names of its symbols by their numbers. */
  readonly classes: ReadonlyArray<string>;
  readonly scaling: Scaling | undefined;
}

/** What is measured of a model: the random variables of its `~`, in its order. */
export const targetsOf = (
  { randoms, targets }: ModelInfo,
  coding: Coding,
  vocabulary: Vocabulary | null,
): ReadonlyArray<MeasuredTarget> =>
  randoms.flatMap(({ target, family }) => {
    const info = targets.find(({ name }) => name === target)!;
    const fields = fieldsOf(coding, target);
    const width = info.shape.reduce((a, b) => a * b, 1);
    const whole: MeasuredTarget = {
      name: target,
      variable: target,
      family,
      kind: kinds[family](coding, vocabulary, target),
      indices: info.indices,
      width,
      component: undefined,
      field: width === 1 ? fields[0] : undefined,
      classes: classesOf(info, coding, vocabulary),
      scaling: ownOf(coding.scalings, target),
    };
    return fields.length === 1 || width !== fields.length
      ? [whole]
      : fields.map((field, component) => ({ ...whole, name: `${target} (${field})`, component, field }));
  });

const kinds: {
  readonly [F in RandomInfo["family"]]: (coding: Coding, vocabulary: Vocabulary | null, target: string) => Kind;
} = {
  categorical: ({ texts, tokens }, vocabulary, target) =>
    vocabulary !== null ? asText[vocabulary.tokens] : texts.includes(target) ? asText[tokens] : "classes",
  bernoulli: () => "classes",
  normal: () => "reals",
};

const asText = { chars: "characters", words: "words" } as const;

const classesOf = (
  { name, symbols = 2, truth }: VariableInfo,
  { vocabularies }: Coding,
  vocabulary: Vocabulary | null,
): ReadonlyArray<string> => {
  const entries = vocabulary?.entries ?? ownOf(vocabularies, name)?.entries ?? [];
  return Array.from({ length: truth === true ? 2 : symbols }, (_, symbol) => entries[symbol] ?? `${symbol}`);
};

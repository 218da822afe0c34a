import type { RandomInfo } from "../../runtime/interface.ts";
import { greatestStep } from "../../runtime/limits.js";
import type { CContents } from "./contents.ts";
import type { Names } from "./names.ts";
import { isProcessing, leavesNamed } from "./places.ts";

/*
 * What a stream's memory notes of each stream, beside its state: how many positions it has read, where they are counted,
 * and whether the symbol has come that ends it. Streams that may begin anew while others go on are each at a position of
 * their own.
 */

/** How many counts of positions there are: none where nothing depends on them. */
export const countsText = (contents: CContents): string => {
  const { step } = contents.programs;
  const isCounting = Number.isFinite(greatestStep(contents.model)) || leavesNamed(step!, "$position").length > 0;
  return isCounting ? (isProcessing(contents) ? "e[0]" : "1") : "0";
};

/** The `~` whose symbol ends a sequence along the axis that a model streams along. */
export const endingsOf = ({
  model,
}: Pick<CContents, "model">): ReadonlyArray<RandomInfo & { readonly until: number }> =>
  model.randoms.flatMap((random) => {
    const { target, until } = random;
    const indices = model.targets.find(({ name }) => name === target)?.indices;
    return until === undefined || indices?.length !== 1 ? [] : [{ ...random, until }];
  });

/** The functions that tell how large the memory of streams is, and where in it the marks stand. */
export const marksText = (contents: CContents): ReadonlyArray<string> => [
  [
    "RN_FN size_t rn_stream_bytes(const rn_i *e, rn_i numbers) {",
    `numbers = rn_add(numbers, ${countsText(contents)} * (rn_i)(sizeof(int64_t) / sizeof(rn_f)));`,
    `return rn_bytes(numbers, rn_add(rn_lengths(e), ${endingsOf(contents).length === 0 ? "0" : "e[0]"}));`,
    "}",
    "RN_FN int64_t *rn_steps(rn_stream *s) { return (int64_t *)(void *)((rn_f *)(void *)((char *)s + RN_HEAD) + s->numbers); }",
    "RN_FN int32_t *rn_stream_lengths(rn_stream *s) {",
    "const rn_i *const e = s->e;",
    "(void)e;",
    `return (int32_t *)(void *)(rn_steps(s) + ${countsText(contents)});`,
    "}",
    ...(endingsOf(contents).length === 0
      ? []
      : ["RN_FN int32_t *rn_ended(rn_stream *s) { return rn_stream_lengths(s) + rn_lengths(s->e); }"]),
  ].join("\n"),
];

/** No stream is past the last position, if there is one. */
export const reachedText = (contents: CContents, { prefix }: Names): ReadonlyArray<string> => {
  const most = greatestStep(contents.model);
  return Number.isFinite(most)
    ? [
        `for (rn_i b = 0; b < ${countsText(contents)}; b++) if (rn_steps(s)[b] >= ${most}) return ${prefix}_wrong_length;`,
      ]
    : [];
};

import { numberText } from "../../emit/c/number.ts";
import { gradientPrefix } from "../../runtime/descend.js";
import { carriedInText, carriedOutText } from "./carried.ts";
import type { CProgram } from "./contents.ts";
import { batchText, intoArena, lossText, outOfArena, parametersText, preparedText } from "./entries.ts";
import { dimsAndOffsets, tablesText } from "./layouts.ts";
import { withUnderscores } from "./names.ts";
import { leavesNamed, normOf, placeText, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";

/** `$memory.0.U`: of which of the memories, and of which parameter. */
const memoryOf = (name: string): { readonly number: string; readonly path: string } | undefined => {
  const [, number, path] = /^\$memory\.(\d+)\.(.*)$/s.exec(name) ?? [];
  return number === undefined || path === undefined ? undefined : { number, path };
};

/** The struct of a trainer's that has what a step reads and renews. */
const trainerField = (name: string): readonly [path: string, of: string] => {
  const memory = memoryOf(name);
  return memory === undefined ? [name, "trainer->params."] : [memory.path, `trainer->memory[${memory.number}].`];
};

/** What a step down goes on from, and by which numbers it goes. */
const descentText = (printing: Printing, own: CProgram): ReadonlyArray<string> => [
  ...parametersText(printing, own, "trainer->params."),
  ...leavesNamed(own, "$memory.").map((leaf) => intoArena(printing, leaf, ...trainerField(leaf.name))),
  ...leavesNamed(own, "$train.").map((leaf) => {
    const number = withUnderscores(leaf.name.slice("$train.".length));
    return `*(${placeText(leaf)}) = ${number === "step" ? "(rn_f)(trainer->steps + 1)" : `descent->${number}`};`;
  }),
];

/** What a step down leaves. */
const descendedText = (printing: Printing, own: CProgram): ReadonlyArray<string> => [
  ...resultsOf(own, "norm").map((slot) => {
    const path = normOf(slot);
    return path === undefined
      ? `if (norm != NULL) *norm = *(${placeText(slot)});`
      : `trainer->norms.${printing.names.params(path)} = *(${placeText(slot)});`;
  }),
  ...resultsOf(own, "update").map((slot) => outOfArena(printing, slot, ...trainerField(slot.name))),
  "trainer->steps++;",
];

export const trainText = (printing: Printing, own: CProgram): string =>
  definitionText(printing, "train", [
    ...preparedText(printing, "train", own, ["trainer", "descent"]),
    ...descentText(printing, own),
    ...carriedInText(printing, own),
    ...batchText(printing, own, "batch"),
    "rn_train_all(M, d, o, L);",
    ...lossText(own),
    ...descendedText(printing, own),
    ...carriedOutText(printing, own),
    "return 0;",
  ]);

/** A step along a gradient that is given: there are no examples in it, and no axes. */
export const descendText = (printing: Printing, own: CProgram): ReadonlyArray<string> => {
  const { contents, names } = printing;
  const layout = [
    "rn_frame f;",
    `rn_i ${dimsAndOffsets(own)};`,
    "memset(&f, 0, sizeof f);",
    "f.e[0] = 1;",
    "const rn_i numbers = rn_descend_layout(f.e, d, o);",
  ];
  return [
    definitionText(printing, "descend_memory", [...layout, "return rn_bytes(numbers, 0);"]),
    definitionText(printing, "descend", [
      `if (trainer == NULL || gradient == NULL || descent == NULL || memory == NULL) return ${names.prefix}_missing;`,
      `if (!rn_is_aligned(memory)) return ${names.prefix}_unaligned;`,
      ...layout,
      "(void)numbers;",
      "rn_f *const M = (rn_f *)memory;",
      tablesText(contents.model, own, "f.L"),
      ...descentText(printing, own),
      ...leavesNamed(own, gradientPrefix).map((leaf) =>
        intoArena(printing, leaf, leaf.name.slice(gradientPrefix.length), "gradient->"),
      ),
      "rn_descend_all(M, d, o, L);",
      ...descendedText(printing, own),
      "return 0;",
    ]),
  ];
};

/** What is usual in a step down. */
export const usualText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { optimiser, precision } = contents.model;
  const constants = Object.entries(optimiser?.constants ?? {});
  const decay = optimiser?.constants.weightDecay;
  return definitionText(printing, "usual", [
    `${names.prefix}_descent usual;`,
    "usual.rate = rate;",
    "usual.scale = 1;",
    "usual.clip = rn_infinity();",
    "usual.clip_value = rn_infinity();",
    ...constants.map(([name, value]) => `usual.${withUnderscores(name)} = ${numberText(value, precision)};`),
    ...(decay === undefined ? [] : [`usual.vector_decay = ${numberText(decay, precision)};`]),
    "return usual;",
  ]);
};

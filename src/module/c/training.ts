import { numberText } from "../../emit/c/number.ts";
import { carriedInText, carriedOutText } from "./carried.ts";
import type { CProgram } from "./contents.ts";
import { batchText, intoArena, lossText, outOfArena, parametersText, preparedText } from "./entries.ts";
import { withUnderscores } from "./names.ts";
import { leavesNamed, placeText, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";

/** `$memory.0.U`: of which of the memories, and of which parameter. */
const memoryOf = (name: string): { readonly number: string; readonly path: string } | undefined => {
  const [, number, path] = /^\$memory\.(\d+)\.(.*)$/s.exec(name) ?? [];
  return number === undefined || path === undefined ? undefined : { number, path };
};

export const trainText = (printing: Printing, own: CProgram): string => {
  const updates = resultsOf(own, "update");
  const trainerField = (name: string): readonly [path: string, of: string] => {
    const memory = memoryOf(name);
    return memory === undefined ? [name, "trainer->params."] : [memory.path, `trainer->memory[${memory.number}].`];
  };
  return definitionText(printing, "train", [
    ...preparedText(printing, "train", own, ["trainer", "descent"]),
    ...parametersText(printing, own, "trainer->params."),
    ...leavesNamed(own, "$memory.").map((leaf) => intoArena(printing, leaf, ...trainerField(leaf.name))),
    ...leavesNamed(own, "$train.").map((leaf) => {
      const number = withUnderscores(leaf.name.slice("$train.".length));
      return `*(${placeText(leaf)}) = ${number === "step" ? "(rn_f)(trainer->steps + 1)" : `descent->${number}`};`;
    }),
    ...carriedInText(printing, own),
    ...batchText(printing, own, "batch"),
    "rn_train_all(M, d, o, L);",
    ...lossText(own),
    ...resultsOf(own, "norm")
      .filter(({ name }) => !name.startsWith("$"))
      .map((slot) => `if (norm != NULL) *norm = *(${placeText(slot)});`),
    ...updates.map((slot) => outOfArena(printing, slot, ...trainerField(slot.name))),
    ...carriedOutText(printing, own),
    "trainer->steps++;",
    "return 0;",
  ]);
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

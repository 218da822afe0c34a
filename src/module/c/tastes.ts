import type { CContents } from "./contents.ts";
import { type Field, structText } from "./fields.ts";
import type { Names } from "./names.ts";
import { isGenerating, type Random, roundsOf } from "./places.ts";

/*
 * How values are drawn: their temperature, and of what can be counted which of the most probable there are. What that needs room for
 * stands in the memory of the streams.
 */

const randomsOf = (contents: CContents): ReadonlyArray<Random> => roundsOf(contents).flat();

/** Whether some of what is drawn can be counted. */
const isCountable = (contents: CContents): boolean => randomsOf(contents).some(({ family }) => family !== "normal");

export const tasteStruct = (contents: CContents, { prefix }: Names): ReadonlyArray<string> => [
  "/* How values are drawn: at temperature 1, and zeros for the rest, as they are distributed. */",
  ...structText(`${prefix}_taste`, [
    {
      text: "double temperature",
      comment: "densities are raised to the power 1 / temperature; at 0 the most probable is taken",
    },
    ...(isCountable(contents) ? countedFields : []),
  ]),
];

const countedFields: ReadonlyArray<Field> = [
  { text: "size_t top_k", comment: "draw from so many of the most probable symbols alone; 0: from all" },
  {
    text: "double top_p",
    comment: "draw from the fewest most probable symbols alone that together have this probability; 0 or 1: from all",
  },
];

/** The taste that a caller gives, or what is usual, as `draw.h` takes it. */
export const tasteText = (contents: CContents, { prefix }: Names): ReadonlyArray<string> => [
  "rn_taste own = {1, 1, RN_MOST};",
  "if (taste != NULL) {",
  "own.temperature = taste->temperature;",
  ...(isCountable(contents)
    ? [
        "if (taste->top_k != 0 && taste->top_k < (size_t)RN_MOST) own.top_k = (rn_i)taste->top_k;",
        "if (taste->top_p != 0) own.top_p = taste->top_p;",
      ]
    : []),
  "}",
  `if (!rn_is_taste(&own)) return ${prefix}_wrong_value;`,
];

const symbolsOf = (contents: CContents): number =>
  Math.max(0, ...randomsOf(contents).map(({ variable }) => variable.symbols ?? 0));

/** The bytes of a stream's memory for weights of symbols, and their order. */
export const drawingRoom = (contents: CContents): number =>
  isGenerating(contents) ? Math.ceil((symbolsOf(contents) * 12) / 64) * 64 : 0;

/** Where in the memory of a stream these stand. */
export const roomText = (contents: CContents): ReadonlyArray<string> => [
  `double *const weights = (double *)(void *)((char *)s + RN_HEAD - ${drawingRoom(contents)});`,
  `int32_t *const order = (int32_t *)(void *)(weights + ${symbolsOf(contents)});`,
  "(void)weights, (void)order;",
];

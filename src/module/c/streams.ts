import type { CContents } from "./contents.ts";
import { batchText, parametersText } from "./entries.ts";
import { dimsAndOffsets, tablesText } from "./layouts.ts";
import { marksText } from "./marks.ts";
import { lengthNames, type Names } from "./names.ts";
import { isProcessing } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";
import { anewText, begunText, resetsText } from "./resets.ts";
import { processText, stepText } from "./steps.ts";
import { drawingRoom } from "./tastes.ts";

/*
 * A stream's memory: what it knows of its sizes, the arena of a step, that in which it was begun (what it began with stays
 * there), its marks, and the tables of lengths. It holds offsets and no addresses.
 */

/** The functions that begin streams and take their steps. */
export const streamsText = (printing: Printing): ReadonlyArray<string> => [
  streamStruct(printing.contents),
  ...marksText(printing.contents),
  anewText(printing),
  streamMemoryText(printing),
  startText(printing),
  stepText(printing),
  ...(isProcessing(printing.contents) ? [processText(printing), ...resetsText(printing)] : []),
];

const streamStruct = (contents: CContents): string => {
  const { model, programs } = contents;
  return [
    "typedef struct {",
    `rn_i e[${1 + lengthNames(model).length}], numbers, begun, ${dimsAndOffsets(programs.step!)};`,
    "} rn_stream;",
    `#define RN_HEAD ((sizeof(rn_stream) + 63) / 64 * 64 + ${drawingRoom(contents)})`,
  ].join("\n");
};

/** The length of the axis that streams go along, if nothing else is as long. */
const ownLength = ({ model }: CContents): string | undefined => {
  const length = model.axes.find(({ name }) => name === model.streamable)?.length;
  const isShared = model.axes.some((axis) => axis.length === length && axis.name !== model.streamable);
  return typeof length === "string" && !isShared ? length : undefined;
};

export const withoutOwnLength = (
  contents: CContents,
  { data }: Names,
  sizes: string,
  table?: string,
): ReadonlyArray<string> => {
  const length = ownLength(contents);
  return length === undefined
    ? []
    : [`${sizes}.${data(length)} = 0;`, ...(table === undefined ? [] : [`${table}.${data(length)} = NULL;`])];
};

const streamMemoryText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { start, step } = contents.programs;
  return definitionText(printing, "stream_memory", [
    "rn_frame f;",
    `rn_i ${dimsAndOffsets(step!)}, first_d[${1 + start!.program.lengths.length}], first_o[${start!.offsets}], numbers;`,
    ...withoutOwnLength(contents, names, "sizes"),
    "if (rn_sizes(&f, &sizes) != 0) return SIZE_MAX;",
    "numbers = rn_add(rn_step_layout(f.e, d, o), rn_start_layout(f.e, first_d, first_o));",
    "const size_t bytes = rn_stream_bytes(f.e, numbers);",
    "return bytes == SIZE_MAX ? SIZE_MAX : RN_HEAD + bytes;",
  ]);
};

const startText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { model, programs } = contents;
  const [start, step] = [programs.start!, programs.step!];
  const { prefix } = names;
  return definitionText(printing, "start", [
    "rn_frame f;",
    `rn_i ${dimsAndOffsets(start)}, numbers;`,
    "rn_stream *const s = (rn_stream *)stream;",
    `${prefix}_batch given;`,
    `if (stream == NULL || params == NULL) return ${prefix}_missing;`,
    `if (!rn_is_aligned(stream)) return ${prefix}_unaligned;`,
    "if (context == NULL) {",
    "memset(&given, 0, sizeof given);",
    "given.sizes.batch = 1;",
    "} else given = *context;",
    ...withoutOwnLength(contents, names, "given.sizes", "given"),
    "RN_TRY(rn_sizes(&f, &given.sizes));",
    "memset(s, 0, sizeof *s);",
    "memcpy(s->e, f.e, sizeof s->e);",
    "s->begun = rn_step_layout(f.e, s->d, s->o);",
    "numbers = rn_start_layout(f.e, d, o);",
    "s->numbers = rn_add(s->begun, numbers);",
    `if (rn_stream_bytes(f.e, s->numbers) == SIZE_MAX) return ${prefix}_wrong_size;`,
    "rn_f *const N = (rn_f *)(void *)((char *)stream + RN_HEAD);",
    "rn_f *M = N + s->begun;",
    "RN_TRY(rn_tables(&f, &given, rn_stream_lengths(s)));",
    "RN_TRY(rn_fit_still(f.e, f.L));",
    "const rn_i *const e = f.e;",
    "(void)e;",
    "{",
    tablesText(model, start, "f.L"),
    ...parametersText(printing, start, "params->"),
    ...batchText(printing, start, "(&given)"),
    "rn_start_all(M, d, o, L);",
    "}",
    "{",
    "rn_f *const first = M;",
    "const rn_i *const first_o = o, which = -1;",
    "M = N;",
    "{",
    "const rn_i *const o = s->o;",
    ...parametersText(printing, step, "params->"),
    ...(step.isPacked ? ["rn_step_pack(M, s->d, o);"] : []),
    ...begunText(contents, "$context."),
    "(void)o;",
    "}",
    "(void)first, (void)first_o, (void)which, (void)M;",
    "}",
    "rn_anew(s, -1);",
    "return 0;",
  ]);
};

import type { Slot } from "../../loops/loops.ts";
import { greatestStep } from "../../runtime/limits.js";
import { lengthNumber, tableSizeText } from "./cells.ts";
import type { CContents } from "./contents.ts";
import { dataText, outputsText, parametersText } from "./entries.ts";
import { countText, dimsAndOffsets, tablesText } from "./layouts.ts";
import { lengthNames, type Names } from "./names.ts";
import { dataLeaves, fieldKey, isProcessing, leavesNamed, placeText, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";

/*
 * A stream's memory: what it knows of its sizes, the arena of a step, that in which it was begun (what it began with stays
 * there), and the tables of lengths. It holds offsets and no addresses.
 */

/** The functions that begin streams and take their steps. */
export const streamsText = (printing: Printing): ReadonlyArray<string> => [
  streamStruct(printing.contents),
  streamMemoryText(printing),
  startText(printing),
  stepText(printing),
  ...(isProcessing(printing.contents) ? [processText(printing), resetText(printing)] : []),
];

const streamStruct = ({ model, programs }: CContents): string =>
  [
    "typedef struct {",
    `rn_i e[${1 + lengthNames(model).length}], steps, numbers, begun, ${dimsAndOffsets(programs.step!)};`,
    "} rn_stream;",
    "#define RN_HEAD ((sizeof(rn_stream) + 63) / 64 * 64)",
  ].join("\n");

/** The length of the axis that streams go along, if nothing else is as long. */
const ownLength = ({ model }: CContents): string | undefined => {
  const length = model.axes.find(({ name }) => name === model.streamable)?.length;
  const isShared = model.axes.some((axis) => axis.length === length && axis.name !== model.streamable);
  return typeof length === "string" && !isShared ? length : undefined;
};

const withoutOwnLength = (
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
    "if (rn_bytes(numbers, rn_lengths(f.e)) == SIZE_MAX) return SIZE_MAX;",
    "return RN_HEAD + rn_bytes(numbers, rn_lengths(f.e));",
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
    `if (rn_bytes(s->numbers, rn_lengths(f.e)) == SIZE_MAX) return ${prefix}_wrong_size;`,
    "rn_f *const N = (rn_f *)(void *)((char *)stream + RN_HEAD);",
    "rn_f *M = N + s->begun;",
    "RN_TRY(rn_tables(&f, &given, (int32_t *)(void *)(N + s->numbers)));",
    "RN_TRY(rn_fit_still(f.e, f.L));",
    "const rn_i *const e = f.e;",
    "(void)e;",
    "{",
    tablesText(model, start, "f.L"),
    ...parametersText(printing, start, "params->"),
    ...dataText(printing, start, "given."),
    "rn_start_all(M, d, o, L);",
    "}",
    "{",
    "rn_f *const first = M;",
    "const rn_i *const first_o = o;",
    "M = N;",
    "{",
    "const rn_i *const o = s->o;",
    ...parametersText(printing, step, "params->"),
    ...(step.isPacked ? ["rn_step_pack(M, s->d, o);"] : []),
    ...begunText(contents),
    "(void)o;",
    "}",
    "(void)first, (void)first_o, (void)M;",
    "}",
    "return 0;",
  ]);
};

/** Puts what streams begin with where a step reads it. */
const begunText = ({ model, programs }: CContents): ReadonlyArray<string> => {
  const [start, step] = [programs.start!, programs.step!];
  return [
    ...resultsOf(start, "state").flatMap((slot) => {
      const leaf = step.program.leaves.find(({ name }) => name === slot.name);
      if (leaf === undefined) return [];
      const from = placeText(slot).replace("M + o[", "first + first_o[");
      return [`rn_copy(${placeText(leaf)}, ${from}, ${countText(model, start, slot)});`];
    }),
    ...leavesNamed(step, "$position").map((leaf) => `*(${placeText(leaf)}) = 0;`),
  ];
};

/** What is checked of a stream. */
const checkedText = ({ prefix }: Names, ...needed: ReadonlyArray<string>): ReadonlyArray<string> => [
  `if (${["stream", ...needed].map((name) => `${name} == NULL`).join(" || ")}) return ${prefix}_missing;`,
  `if (!rn_is_aligned(stream)) return ${prefix}_unaligned;`,
];

/** Step after step. */
const processText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { model, programs } = contents;
  const step = programs.step!;
  const next = (field: string, slot: Slot): string =>
    `if (${field} != NULL) ${field} += ${countText(model, step, slot)};`;
  return definitionText(printing, "process", [
    ...checkedText(names, "inputs", "outputs"),
    "const rn_i *const e = ((const rn_stream *)stream)->e;",
    `${names.prefix}_step_inputs from = *inputs;`,
    `${names.prefix}_step_outputs to = *outputs;`,
    "for (size_t t = 0; t < n; t++) {",
    `RN_TRY(${names.prefix}_step(stream, &from, &to));`,
    ...dataLeaves(step).map((leaf) => next(`from.${names.data(fieldKey(leaf.name))}`, leaf)),
    ...resultsOf(step, "output").map((slot) => next(`to.${names.outputs(slot.name)}`, slot)),
    "}",
    "(void)e, (void)from, (void)to;",
    "return 0;",
  ]);
};

const resetText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { start } = contents.programs;
  return definitionText(printing, "reset", [
    ...checkedText(names),
    "rn_stream *const s = (rn_stream *)stream;",
    `rn_i first_d[${1 + start!.program.lengths.length}], first_o[${start!.offsets}];`,
    "const rn_i *const e = s->e, *const o = s->o;",
    "rn_f *const M = (rn_f *)(void *)((char *)stream + RN_HEAD);",
    "const rn_f *const first = M + s->begun;",
    "(void)rn_start_layout(e, first_d, first_o);",
    ...begunText(contents),
    "s->steps = 0;",
    "(void)e, (void)o, (void)M, (void)first, (void)first_d, (void)first_o;",
    "return 0;",
  ]);
};

/** What a step knows of its stream. */
export const steppingText = (
  { contents: { model, programs }, names: { prefix } }: Printing,
  needed: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const most = greatestStep(model);
  const lengths = lengthNames(model);
  return [
    "rn_frame f;",
    "rn_stream *const s = (rn_stream *)stream;",
    `if (${["stream", ...needed].map((each) => `${each} == NULL`).join(" || ")}) return ${prefix}_missing;`,
    `if (!rn_is_aligned(stream)) return ${prefix}_unaligned;`,
    ...(Number.isFinite(most) ? [`if (s->steps >= ${most}) return ${prefix}_wrong_length;`] : []),
    "rn_f *const M = (rn_f *)(void *)((char *)stream + RN_HEAD);",
    "const rn_i *const o = s->o, *const e = f.e;",
    "memcpy(f.e, s->e, sizeof f.e);",
    ...(lengths.length === 0 ? [] : ["const int32_t *table = (const int32_t *)(const void *)(M + s->numbers);"]),
    ...lengths.flatMap((length) => [
      `f.L[${lengthNumber(model, length)}] = table;`,
      `table += ${tableSizeText(model, length)};`,
    ]),
    tablesText(model, programs.step!, "f.L"),
    "(void)e;",
  ];
};

const stepText = (printing: Printing): string => {
  const { contents } = printing;
  const { model, programs } = contents;
  const step = programs.step!;
  return definitionText(printing, "step", [
    ...steppingText(printing, ["inputs", "outputs"]),
    ...dataText(printing, step, "inputs->", model.streamable),
    "rn_step_all(M, s->d, o, L);",
    ...outputsText(printing, step, "outputs->", ["output"]),
    ...resultsOf(step, "state").flatMap((slot) => {
      const leaf = step.program.leaves.find(({ name }) => name === slot.name);
      return leaf === undefined
        ? []
        : [`rn_copy(${placeText(leaf)}, ${placeText(slot)}, ${countText(model, step, slot)});`];
    }),
    ...steppedText(printing),
  ]);
};

/** A step is done. */
export const steppedText = ({ contents: { programs } }: Printing): ReadonlyArray<string> => [
  "s->steps++;",
  ...leavesNamed(programs.step!, "$position").map((leaf) => `*(${placeText(leaf)}) = (rn_f)s->steps;`),
  "return 0;",
];

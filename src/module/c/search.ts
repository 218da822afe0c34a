import type { Slot } from "../../loops/loops.ts";
import { greatestStep } from "../../runtime/limits.js";
import { cellText, lengthNumber, loopsOver, tableSizeText, validText } from "./cells.ts";
import type { CContents } from "./contents.ts";
import { batchText, parametersText } from "./entries.ts";
import { countText, rowsOf, tablesText } from "./layouts.ts";
import { lengthNames } from "./names.ts";
import { dataLeaves, givenOf, leavesNamed, placeText, type Random, resultsOf, roundsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";
import { tildeGivenText, toldText } from "./search-data.ts";
import { searchPlanText } from "./search-plan.ts";
import { startedOf } from "./started.ts";
import { withoutOwnLength } from "./streams.ts";
import { tildesOf } from "./tildes.ts";
import { blockOf, insideAxes } from "./variables.ts";

/** The functions that search the most probable sequences; what they do whatever the model is stands in `beam.h`. */
export const searchText = (printing: Printing): ReadonlyArray<string> => [
  ...searchPlanText(printing),
  searchFunctionText(printing),
];

const searchFunctionText = (printing: Printing): string => {
  const { contents, names } = printing;
  const { model, programs } = contents;
  const { prefix } = names;
  const step = programs.step!;
  const most = greatestStep(model);
  return definitionText(printing, "search", [
    "rn_searching p;",
    `${prefix}_batch given;`,
    `${prefix}_search_inputs from;`,
    `if (${["params", "beam", "found", "memory"].map((each) => `${each} == NULL`).join(" || ")}) return ${prefix}_missing;`,
    `if (!rn_is_aligned(memory)) return ${prefix}_unaligned;`,
    "memset(&given, 0, sizeof given);",
    "memset(&from, 0, sizeof from);",
    "if (context != NULL) given = *context;",
    "else given.sizes.batch = 1;",
    "if (inputs != NULL) from = *inputs;",
    ...withoutOwnLength(contents, names, "given.sizes", "given"),
    "RN_TRY(rn_search_plan(&p, &given.sizes, beam));",
    ...(Number.isFinite(most) ? [`if (p.s.length > ${most}) return ${prefix}_wrong_length;`] : []),
    "rn_search *const s = &p.s;",
    "(void)rn_search_room(s, (char *)memory, p.scratch);",
    "rn_f *const N = (rn_f *)(void *)((char *)memory + p.room);",
    "int32_t *const lengths = (int32_t *)(void *)(N + p.numbers);",
    "RN_TRY(rn_tables(&p.f, &given, lengths));",
    "RN_TRY(rn_fit_still(p.f.e, p.f.L));",
    ...spreadTablesText(contents),
    "s->prefix = from.prefix;",
    "rn_i longest = 0;",
    "for (rn_i b = 0; s->prefix != NULL && b < s->size; b++) {",
    `if (s->prefix[b] < 0 || s->prefix[b] > s->length) return ${prefix}_wrong_length;`,
    "longest = rn_most(longest, s->prefix[b]);",
    "}",
    ...begunText(printing),
    "{",
    "const rn_i *const o = p.o, *const e = p.g.e;",
    "rn_f *const M = N;",
    tablesText(model, step, "p.g.L"),
    ...tildesText(printing),
    ...masksText(contents),
    "rn_search_begin(s);",
    "for (rn_i t = 0; t < s->length && rn_is_searching(s); t++) {",
    ...inputsText(printing),
    ...tildesOf(contents).flatMap((tilde) => tildeGivenText(printing, tilde)),
    "rn_step_all(M, p.d, o, L);",
    ...foundText(printing),
    "rn_record(s, v, tildes, t);",
    "}",
    "rn_search_end(s);",
    "(void)e, (void)longest;",
    "}",
    ...toldText(printing),
    "return 0;",
  ]);
};

/** The lengths of each sequence, for each of its rows. */
const spreadTablesText = ({ model }: CContents): ReadonlyArray<string> => [
  ...(lengthNames(model).length === 0 ? ["(void)lengths;"] : ["int32_t *wide = lengths + rn_lengths(p.f.e);"]),
  ...lengthNames(model).flatMap((length) => {
    const at = lengthNumber(model, length);
    return [
      "{",
      "const rn_i *const e = p.f.e;",
      `const rn_i each = ${tableSizeText(model, length)} / e[0];`,
      "for (rn_i row = 0; row < s->size * s->width && each > 0; row++)",
      `memcpy(wide + row * each, p.f.L[${at}] + row / s->width * each, (size_t)each * sizeof *wide);`,
      `p.g.L[${at}] = wide;`,
      "wide += s->size * s->width * each;",
      "}",
    ];
  }),
];

/** Runs what begins sequences, and puts what it leaves where each row of a step reads it. */
const begunText = (printing: Printing): ReadonlyArray<string> => {
  const { contents } = printing;
  const { model, programs } = contents;
  const [start, step] = [programs.start!, programs.step!];
  return [
    "{",
    "rn_f *M = N + p.begun;",
    "rn_frame f = p.f;",
    "{",
    "const rn_i *const o = p.first_o, *const e = f.e;",
    tablesText(model, start, "f.L"),
    ...parametersText(printing, start, "params->"),
    ...batchText(printing, start, "(&given)"),
    "rn_start_all(M, p.first_d, o, L);",
    "(void)e;",
    "}",
    "const rn_f *const first = M;",
    "const rn_i *const o = p.o, *const e = p.g.e;",
    "M = N;",
    ...parametersText(printing, step, "params->"),
    ...(step.isPacked ? ["rn_step_pack(M, p.d, o);"] : []),
    ...startedOf(contents, "p.first_o").map(({ to, from, rows, count, isEach }) =>
      rows === undefined
        ? `rn_copy(${to}, ${from}, ${count});`
        : `rn_spread(${to}, ${from}, ${rows.outer}, s, ${rows.inner}, ${Number(isEach)});`,
    ),
    ...leavesNamed(step, "$position").map((leaf) => `rn_fill(${placeText(leaf)}, 0, ${countText(model, step, leaf)});`),
    "(void)first, (void)o, (void)e, (void)M, (void)f;",
    "}",
  ];
};

/** What `beam.h` knows of each `~`, and of what has rows, before a step and after it. */
const tildesText = ({ contents, names }: Printing): ReadonlyArray<string> => {
  const { model, programs } = contents;
  const step = programs.step!;
  const tildes = tildesOf(contents);
  const parts = (slots: ReadonlyArray<Slot>): ReadonlyArray<string> =>
    slots.flatMap((slot) => {
      const rows = rowsOf(model, step, slot);
      return rows === undefined ? [] : [`{${placeText(slot)}, ${rows.outer}, ${rows.inner}}`];
    });
  const own = tildes.map(({ outer, random }, i) => `{v[${i}].values, ${outer}, ${blockOf(random.variable)}}`);
  const before = [...parts(leavesNamed(step, "$state.")), ...own];
  const after = [...parts(resultsOf(step, "state")), ...own];
  return [
    `const rn_i tildes = ${tildes.length};`,
    "rn_f *own = N + p.own;",
    "uint8_t *mask = (uint8_t *)memory + p.masks;",
    `rn_tilde v[${tildes.length}];`,
    ...tildes.flatMap(({ random, leaf, outer, until }, i) => {
      const first = resultsOf(step, "distribution").find((slot) => slot.name === random.arguments[0])!;
      return [
        `v[${i}].values = ${leaf === undefined ? "own" : placeText(leaf)};`,
        ...(leaf === undefined ? [`own += ${outer} * e[0] * ${blockOf(random.variable)};`] : []),
        `v[${i}].first = ${placeText(first)};`,
        `v[${i}].outer = ${outer}, v[${i}].block = ${blockOf(random.variable)}, v[${i}].symbols = ${random.variable.symbols ?? 0};`,
        `v[${i}].valid = NULL, v[${i}].until = ${until ?? -1};`,
        `v[${i}].is_given = from.${names.search(random.target)} != NULL && s->prefix != NULL;`,
      ];
    }),
    `const rn_part before[] = {${before.join(", ")}}, after[] = {${after.join(", ")}};`,
    "(void)own, (void)mask, (void)before, (void)after;",
  ];
};

/** Of each `~` with an axis of run-time length, which of its values each sequence has. */
const masksText = (contents: CContents): ReadonlyArray<string> => {
  const { model } = contents;
  return tildesOf(contents).flatMap(({ random }, i) => {
    const axes = insideAxes(model, random.variable, model.streamable);
    const valid = validText(model, axes);
    if (valid === undefined) return [];
    return [
      `v[${i}].valid = mask;`,
      "{",
      "const rn_i *const e = p.f.e;",
      "const int32_t *const *const L = p.f.L;",
      ...loopsOver(model, axes, [`mask[${cellText(model, axes)}] = (uint8_t)(${valid});`]),
      "}",
      `mask += v[${i}].outer * s->size;`,
    ];
  });
};

/** What a step reads that is not drawn. */
const inputsText = ({ contents, names, copies }: Printing): ReadonlyArray<string> => {
  const { model, programs } = contents;
  const step = programs.step!;
  const drawn = tildesOf(contents).map(({ random }) => random.target);
  return dataLeaves(step)
    .filter(({ name }) => !drawn.includes(name))
    .flatMap((leaf) => {
      const given = givenOf(model, leaf, model.streamable);
      const field = `from.${names.search(given.variable.name)}`;
      const { outer, inner } = rowsOf(model, step, leaf)!;
      return [
        `RN_TRY(${copies.load(given)}(s->scratch, ${field}, p.f.e, p.f.L));`,
        `rn_spread(${placeText(leaf)}, s->scratch, ${outer}, s, ${inner}, 1);`,
        `if (${field} != NULL) ${field} += ${outer} * s->size * ${inner};`,
      ];
    });
};

/** Finds what of a step is not given, round by round, and keeps the states that it leaves. */
const foundText = ({ contents, names: { prefix } }: Printing): ReadonlyArray<string> => {
  const { model, generation, programs } = contents;
  const step = programs.step!;
  const tildes = tildesOf(contents);
  const rounds = roundsOf(contents);
  const again = generation!.again;
  const indexOf = (random: Random): number => tildes.findIndex((tilde) => tilde.random.target === random.target);
  return [
    "const int is_open = rn_is_open(s, v, tildes, t, -1);",
    "if (is_open) {",
    ...rounds.flatMap((round, i) => {
      const rows = i < rounds.length - 1 || again ? "before" : "after";
      const parts = `(rn_i)(sizeof ${rows} / sizeof ${rows}[0])`;
      return [
        ...(i === 0 ? [] : ["rn_step_all(M, p.d, o, L);"]),
        `if (rn_extend(s, v + ${indexOf(round[0]!)}, ${round.length}, t, ${rows}, ${parts}) != 0) return ${prefix}_wrong_value;`,
      ];
    }),
    ...(again ? ["rn_step_all(M, p.d, o, L);"] : []),
    "}",
    ...resultsOf(step, "state").flatMap((slot) => {
      const leaf = step.program.leaves.find(({ name }) => name === slot.name);
      if (leaf === undefined) return [];
      const count = countText(model, step, slot);
      const copy = generation!.copies.find(({ state }) => state === slot.name);
      const kept = `rn_copy(${placeText(leaf)}, ${placeText(slot)}, ${count});`;
      const at = tildes.findIndex(({ random }) => random.target === copy?.target);
      return [at < 0 ? kept : `if (is_open) rn_copy(${placeText(leaf)}, v[${at}].values, ${count}); else ${kept}`];
    }),
    ...leavesNamed(step, "$position").map(
      (leaf) => `rn_fill(${placeText(leaf)}, (rn_f)(t + 1), ${countText(model, step, leaf)});`,
    ),
    "(void)is_open;",
  ];
};

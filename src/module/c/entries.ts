import { numberText } from "../../emit/c/number.ts";
import type { Slot } from "../../loops/loops.ts";
import { lengthNumber } from "./cells.ts";
import type { CContents, CProgram } from "./contents.ts";
import type { Copies } from "./copies.ts";
import { type CFunction, functionsOf } from "./declarations.ts";
import { countText, dimsAndOffsets, tablesText } from "./layouts.ts";
import { givenKey, type Names, withUnderscores } from "./names.ts";
import { carriedSlots, carriesAll, dataLeaves, givenOf, leavesNamed, placeText, resultsOf } from "./places.ts";
import { slopedInputs } from "./structs.ts";

/** What the bodies of functions are printed with. */
export interface Printing {
  readonly contents: CContents;
  readonly names: Names;
  readonly copies: Copies;
}

const functionNamed = ({ contents, names }: Printing, name: string): CFunction =>
  functionsOf(contents, names).find((each) => each.name === name)!;

/** A function of a module: its head, and a body. */
export const definitionText = (printing: Printing, name: string, body: ReadonlyArray<string>): string =>
  [`${functionNamed(printing, name).head} {`, ...body, "}"].join("\n");

/** How many bytes a function of a batch needs. */
export const memoryText = (printing: Printing, name: string, own: CProgram): string =>
  definitionText(printing, `${name}_memory`, [
    "rn_frame f;",
    `rn_i ${dimsAndOffsets(own)};`,
    "if (rn_sizes(&f, &sizes) != 0) return SIZE_MAX;",
    `return rn_bytes(rn_${name}_layout(f.e, d, o), rn_lengths(f.e));`,
  ]);

/** What stands at the head of a function of a batch: what is given is there, fits, and has its place. */
const preparedText = (
  { contents: { model }, names: { prefix } }: Printing,
  name: string,
  own: CProgram,
  needed: ReadonlyArray<string>,
): ReadonlyArray<string> => [
  "rn_frame f;",
  `rn_i ${dimsAndOffsets(own)}, numbers;`,
  "rn_f *const M = (rn_f *)memory;",
  `if (${[...needed, "batch", "memory"].map((each) => `${each} == NULL`).join(" || ")}) return ${prefix}_missing;`,
  `if (!rn_is_aligned(memory)) return ${prefix}_unaligned;`,
  "RN_TRY(rn_sizes(&f, &batch->sizes));",
  `numbers = rn_${name}_layout(f.e, d, o);`,
  `if (rn_bytes(numbers, rn_lengths(f.e)) == SIZE_MAX) return ${prefix}_wrong_size;`,
  "RN_TRY(rn_tables(&f, batch, (int32_t *)(void *)(M + numbers)));",
  "RN_TRY(rn_fit(f.e, f.L));",
  "const rn_i *const e = f.e;",
  tablesText(model, own, "f.L"),
  "(void)e;",
];

/** A parameter's numbers, or what goes with them, in a struct. */
const intoArena = ({ names }: Printing, slot: Slot, path: string, of: string): string =>
  `RN_PUT(${placeText(slot)}, ${of}${names.params(path)});`;

const outOfArena = ({ names }: Printing, slot: Slot, path: string, of: string): string =>
  `RN_GET(${of}${names.params(path)}, ${placeText(slot)});`;

export const parametersText = (printing: Printing, own: CProgram, of: string): ReadonlyArray<string> =>
  own.program.leaves.filter(({ kind }) => kind === "parameter").map((leaf) => intoArena(printing, leaf, leaf.name, of));

/** The data that a program reads; a step's stand without the axis that it goes along. */
export const dataText = (
  { contents: { model }, names, copies }: Printing,
  own: CProgram,
  of: string,
  without?: string | null,
): ReadonlyArray<string> =>
  dataLeaves(own).map((leaf) => {
    const given = givenOf(model, leaf, without);
    const name = names.data(given.isFlag ? givenKey(given.variable.name) : given.variable.name);
    return `RN_TRY(${copies.load(given)}(${placeText(leaf)}, ${of}${name}, f.e, f.L));`;
  });

export const outputsText = (
  { names, copies }: Printing,
  own: CProgram,
  of: string,
  roles: ReadonlyArray<string>,
): ReadonlyArray<string> =>
  resultsOf(own, ...roles).map(
    (slot) =>
      `if (${of}${names.outputs(slot.name)} != NULL) ${copies.store(slot)}(${of}${names.outputs(slot.name)}, ${placeText(slot)}, f.e, f.L);`,
  );

const lossText = (own: CProgram): ReadonlyArray<string> =>
  resultsOf(own, "loss").map((slot) => `if (loss != NULL) *loss = *(${placeText(slot)});`);

/** What a window goes on from: put where the program reads it, before it runs. */
const carriedInText = ({ contents, names: { prefix } }: Printing, own: CProgram): ReadonlyArray<string> => {
  if (carriedSlots(contents).length === 0) return [];
  const { model } = contents;
  const put = (name: string, text: string): ReadonlyArray<string> =>
    leavesNamed(own, name).map((leaf) => `*(${placeText(leaf)}) = (rn_f)${text};`);
  return [
    `if (batch->state != NULL && !rn_is_aligned(batch->state)) return ${prefix}_unaligned;`,
    "rn_f *const state = (rn_f *)batch->state;",
    "const rn_i before = state == NULL ? 0 : rn_whole(state[0]);",
    "const int goes_on = before > 0;",
    "rn_i at = 1;",
    "if (goes_on) RN_TRY(rn_goes_on(f.e, f.L, before));",
    ...put("$resume", "goes_on"),
    ...put("$position", "(goes_on ? before : 0)"),
    ...carriedSlots(contents).flatMap((slot) => {
      const count = countText(model, own, sameSlot(own, slot));
      const leaf = own.program.leaves.find(({ name }) => name === slot.name);
      const symbols = own.symbols[slot.name];
      return [
        ...(leaf === undefined
          ? []
          : [
              `if (goes_on) rn_copy(${placeText(leaf)}, state + at, ${count});`,
              `else rn_fill(${placeText(leaf)}, 0, ${count});`,
            ]),
        ...(leaf === undefined || symbols === undefined
          ? []
          : [`if (!rn_are_symbols(${placeText(leaf)}, ${count}, ${symbols})) return ${prefix}_wrong_value;`]),
        `at += ${count};`,
      ];
    }),
  ];
};

/** Where nothing is gone on from. */
const freshText = ({ contents: { model } }: Printing, own: CProgram): ReadonlyArray<string> =>
  own.program.leaves
    .filter(({ name }) => name.startsWith("$"))
    .map((leaf) => `rn_fill(${placeText(leaf)}, 0, ${countText(model, own, leaf)});`);

/** What the next one goes on from, after a program has run. */
const carriedOutText = ({ contents }: Printing, own: CProgram): ReadonlyArray<string> => {
  const { model } = contents;
  const length = model.axes.find(({ name }) => name === model.streamable)?.length ?? 0;
  if (carriedSlots(contents).length === 0) return [];
  return [
    "if (state != NULL) {",
    "at = 1;",
    ...carriedSlots(contents).flatMap((slot) => {
      const result = resultsOf(own, "state").find(({ name }) => name === slot.name);
      const count = countText(model, own, sameSlot(own, slot));
      return [
        ...(result === undefined ? [] : [`rn_copy(state + at, ${placeText(result)}, ${count});`]),
        `at += ${count};`,
      ];
    }),
    `state[0] = (rn_f)(before + ${typeof length === "number" ? length : `e[${1 + lengthNumber(model, length)}]`});`,
    "} else (void)at;",
  ];
};

/** The slot of a program with the name of another program's. */
const sameSlot = ({ program }: CProgram, slot: Slot): Slot =>
  [...program.results, ...program.leaves].find(({ name }) => name === slot.name) ?? slot;

export const stateMemoryText = (printing: Printing): ReadonlyArray<string> => {
  const { contents } = printing;
  const { model, programs } = contents;
  const slots = carriedSlots(contents);
  if (slots.length === 0) return [];
  // Sizes of a slot are told in the lengths of the program that it is of.
  const all = [programs.gradient, programs.train, programs.forward].flatMap((each) => each ?? []);
  const count = slots
    .map((slot) =>
      countText(model, all.find(({ program }) => (program.results as ReadonlyArray<Slot>).includes(slot))!, slot)
        .split(" * ")
        .reduce((a, b) => `rn_mul(${a}, ${b})`),
    )
    .reduce((a, b) => `rn_add(${a}, ${b})`, "1");
  return [
    definitionText(printing, "state_memory", [
      "rn_frame f;",
      "if (rn_sizes(&f, &sizes) != 0) return SIZE_MAX;",
      "const rn_i *const e = f.e;",
      `return rn_bytes(${count}, 0);`,
    ]),
  ];
};

export const forwardText = (printing: Printing, own: CProgram): string =>
  definitionText(printing, "forward", [
    ...preparedText(printing, "forward", own, ["params", "outputs"]),
    ...parametersText(printing, own, "params->"),
    ...(carriesAll(printing.contents, own) ? carriedInText(printing, own) : freshText(printing, own)),
    ...dataText(printing, own, "batch->"),
    "rn_forward_all(M, d, o, L);",
    ...outputsText(printing, own, "outputs->", ["output", "expected"]),
    ...(carriesAll(printing.contents, own) ? carriedOutText(printing, own) : []),
    "return 0;",
  ]);

export const lossFunctionText = (printing: Printing, own: CProgram): string =>
  definitionText(printing, "loss", [
    ...preparedText(printing, "loss", own, ["params"]),
    ...parametersText(printing, own, "params->"),
    ...dataText(printing, own, "batch->"),
    "rn_loss_all(M, d, o, L);",
    ...lossText(own),
    "return 0;",
  ]);

export const gradientText = (printing: Printing, own: CProgram): string => {
  const { contents, names, copies } = printing;
  const inputs = slopedInputs(contents).map(({ name }) => name);
  const results = resultsOf(own, "gradient");
  return definitionText(printing, "gradient", [
    ...preparedText(printing, "gradient", own, ["params", "gradient", ...(inputs.length === 0 ? [] : ["slopes"])]),
    ...parametersText(printing, own, "params->"),
    ...carriedInText(printing, own),
    ...dataText(printing, own, "batch->"),
    "rn_gradient_all(M, d, o, L);",
    ...lossText(own),
    "memset(gradient, 0, sizeof *gradient);",
    ...results.flatMap((slot) => {
      if (!inputs.includes(slot.name)) return [outOfArena(printing, slot, slot.name, "gradient->")];
      const to = `slopes->${names.data(slot.name)}`;
      return [`if (${to} != NULL) ${copies.slope(slot)}(${to}, ${placeText(slot)}, f.e, f.L);`];
    }),
    ...carriedOutText(printing, own),
    "return 0;",
  ]);
};

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
    ...dataText(printing, own, "batch->"),
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

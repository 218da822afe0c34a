import type { Slot } from "../../loops/loops.ts";
import { carriedInText, carriedOutText, freshText } from "./carried.ts";
import type { CProgram } from "./contents.ts";
import { endOf } from "./endings.ts";
import { dimsAndOffsets, tablesText } from "./layouts.ts";
import { givenKey } from "./names.ts";
import { carriesAll, dataLeaves, givenOf, placeText, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";
import { slopedInputs } from "./structs.ts";

/** How many bytes a function of a batch needs. */
export const memoryText = (printing: Printing, name: string, own: CProgram): string =>
  definitionText(printing, `${name}_memory`, [
    "rn_frame f;",
    `rn_i ${dimsAndOffsets(own)};`,
    "if (rn_sizes(&f, &sizes) != 0) return SIZE_MAX;",
    `return rn_bytes(rn_${name}_layout(f.e, d, o), rn_lengths(f.e));`,
  ]);

/** What stands at the head of a function of a batch: what is given is there, fits, and has its place. */
export const preparedText = (
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
export const intoArena = ({ names }: Printing, slot: Slot, path: string, of: string): string =>
  `RN_PUT(${placeText(slot)}, ${of}${names.params(path)});`;

export const outOfArena = ({ names }: Printing, slot: Slot, path: string, of: string): string =>
  `RN_GET(${of}${names.params(path)}, ${placeText(slot)});`;

export const parametersText = (printing: Printing, own: CProgram, of: string): ReadonlyArray<string> =>
  own.program.leaves.filter(({ kind }) => kind === "parameter").map((leaf) => intoArena(printing, leaf, leaf.name, of));

/** The data that a program reads; a step's stand without the axis that it goes along. */
export const dataText = (
  { contents, names, copies }: Printing,
  own: CProgram,
  of: string,
  without?: string | null,
): ReadonlyArray<string> =>
  dataLeaves(own).map((leaf) => {
    const given = givenOf(contents.model, leaf, without);
    const name = names.data(given.isFlag ? givenKey(given.variable.name) : given.variable.name);
    return `RN_TRY(${copies.load(given)}(${placeText(leaf)}, ${of}${name}, f.e, f.L));`;
  });

/** The data of a batch, which end where their sequences do. */
export const batchText = (printing: Printing, own: CProgram, batch: string): ReadonlyArray<string> => [
  ...dataText(printing, own, `${batch}->`),
  ...dataLeaves(own).flatMap(({ name }) =>
    endOf(printing.contents, name) === undefined ? [] : [`RN_TRY(${printing.copies.ends(name)}(${batch}, f.e, f.L));`],
  ),
];

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

export const lossText = (own: CProgram): ReadonlyArray<string> =>
  resultsOf(own, "loss").map((slot) => `if (loss != NULL) *loss = *(${placeText(slot)});`);

export const forwardText = (printing: Printing, own: CProgram): string =>
  definitionText(printing, "forward", [
    ...preparedText(printing, "forward", own, ["params", "outputs"]),
    ...parametersText(printing, own, "params->"),
    ...(carriesAll(printing.contents, own) ? carriedInText(printing, own) : freshText(printing, own)),
    ...batchText(printing, own, "batch"),
    "rn_forward_all(M, d, o, L);",
    ...outputsText(printing, own, "outputs->", ["output", "expected"]),
    ...(carriesAll(printing.contents, own) ? carriedOutText(printing, own) : []),
    "return 0;",
  ]);

export const lossFunctionText = (printing: Printing, own: CProgram): string =>
  definitionText(printing, "loss", [
    ...preparedText(printing, "loss", own, ["params"]),
    ...parametersText(printing, own, "params->"),
    ...batchText(printing, own, "batch"),
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
    ...batchText(printing, own, "batch"),
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

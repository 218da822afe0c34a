import type { Slot } from "../../loops/loops.ts";
import { lengthNumber } from "./cells.ts";
import type { CProgram } from "./contents.ts";
import { notesEnds } from "./endings.ts";
import { countText } from "./layouts.ts";
import { carriedSlots, carries, leavesNamed, placeText, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";

/** What a window goes on from: put where the program reads it, before it runs. */
export const carriedInText = ({ contents, names: { prefix } }: Printing, own: CProgram): ReadonlyArray<string> => {
  if (!carries(contents)) return [];
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
    ...(notesEnds(contents) ? ["if (goes_on) RN_TRY(rn_ends_before(state + at, f.e, f.L));"] : []),
  ];
};

/** Where nothing is gone on from. */
export const freshText = ({ contents: { model } }: Printing, own: CProgram): ReadonlyArray<string> =>
  own.program.leaves
    .filter(({ name }) => name.startsWith("$"))
    .map((leaf) => `rn_fill(${placeText(leaf)}, 0, ${countText(model, own, leaf)});`);

/** What the next one goes on from, after a program has run. */
export const carriedOutText = ({ contents }: Printing, own: CProgram): ReadonlyArray<string> => {
  const { model } = contents;
  const length = model.axes.find(({ name }) => name === model.streamable)?.length ?? 0;
  if (!carries(contents)) return [];
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
    ...(notesEnds(contents) ? ["rn_note_ends(state + at, goes_on, batch, f.e, f.L);"] : []),
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
  if (!carries(contents)) return [];
  // Sizes of a slot are told in the lengths of the program that it is of.
  const all = [programs.gradient, programs.train, programs.forward].flatMap((each) => each ?? []);
  const count = [
    ...slots.map((slot) =>
      countText(model, all.find(({ program }) => (program.results as ReadonlyArray<Slot>).includes(slot))!, slot)
        .split(" * ")
        .reduce((a, b) => `rn_mul(${a}, ${b})`),
    ),
    ...(notesEnds(contents) ? ["e[0]"] : []),
  ].reduce((a, b) => `rn_add(${a}, ${b})`, "1");
  return [
    definitionText(printing, "state_memory", [
      "rn_frame f;",
      "if (rn_sizes(&f, &sizes) != 0) return SIZE_MAX;",
      "const rn_i *const e = f.e;",
      "(void)e;",
      `return rn_bytes(${count}, 0);`,
    ]),
  ];
};

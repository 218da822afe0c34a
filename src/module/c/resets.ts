import type { CContents } from "./contents.ts";
import { countsText, endingsOf } from "./marks.ts";
import { leavesNamed, placeText } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";
import { startedOf } from "./started.ts";
import { alignedText } from "./steps.ts";

/** A C function that begins a stream, or all, with what stands where it was started. */
export const anewText = ({ contents }: Printing): string => {
  const { start } = contents.programs;
  return [
    "RN_OUT void rn_anew(rn_stream *s, rn_i which) {",
    `rn_i first_d[${1 + start!.program.lengths.length}], first_o[${start!.offsets}];`,
    "const rn_i *const e = s->e, *const o = s->o;",
    "rn_f *const M = (rn_f *)(void *)((char *)s + RN_HEAD);",
    "const rn_f *const first = M + s->begun;",
    "(void)rn_start_layout(e, first_d, first_o);",
    ...begunText(contents, "$state."),
    ...marksAnewText(contents),
    "(void)e, (void)o, (void)M, (void)first, (void)first_d, (void)first_o, (void)which;",
    "}",
  ].join("\n");
};

/** Puts what streams begin with where a step reads it. */
export const begunText = (contents: CContents, beginning: string): ReadonlyArray<string> =>
  startedOf(contents, "first_o").flatMap(({ name, to, from, rows, count, isEach }) => {
    if (!name.startsWith(beginning)) return [];
    if (rows === undefined) return [`rn_copy(${to}, ${from}, ${count});`];
    return [`rn_begin(${to}, ${from}, ${rows.outer}, e[0], ${rows.inner}, ${Number(isEach)}, which);`];
  });

const marksAnewText = (contents: CContents): ReadonlyArray<string> => {
  const count = countsText(contents);
  const each = (most: string, lines: ReadonlyArray<string>): ReadonlyArray<string> => [
    `for (rn_i b = 0; b < ${most}; b++) {`,
    "if (which >= 0 && b != which) continue;",
    ...lines,
    "}",
  ];
  return [
    ...(count === "0"
      ? []
      : each(count, [
          "rn_steps(s)[b] = 0;",
          ...leavesNamed(contents.programs.step!, "$position").map((leaf) => `(${placeText(leaf)})[b] = 0;`),
        ])),
    ...(endingsOf(contents).length === 0 ? [] : each("e[0]", ["rn_ended(s)[b] = 0;"])),
  ];
};

/** The functions that begin streams anew: all, or one. */
export const resetsText = (printing: Printing): ReadonlyArray<string> => {
  const { prefix } = printing.names;
  return [
    definitionText(printing, "reset", [
      ...alignedText(printing.names),
      "rn_anew((rn_stream *)stream, -1);",
      "return 0;",
    ]),
    definitionText(printing, "reset_one", [
      ...alignedText(printing.names),
      `if (which >= (size_t)((const rn_stream *)stream)->e[0]) return ${prefix}_wrong_value;`,
      "rn_anew((rn_stream *)stream, (rn_i)which);",
      "return 0;",
    ]),
  ];
};

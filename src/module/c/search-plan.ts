import type { Slot } from "../../loops/loops.ts";
import type { CContents } from "./contents.ts";
import { countText, dimsAndOffsets, rowsOf } from "./layouts.ts";
import { dataLeaves, leavesNamed, resultsOf } from "./places.ts";
import { definitionText, type Printing } from "./printing.ts";
import { withoutOwnLength } from "./streams.ts";
import { tildesOf } from "./tildes.ts";
import { blockOf } from "./variables.ts";

/** A product that stays at RN_MOST where it would be larger. */
const saturated = (...products: ReadonlyArray<string>): string =>
  products
    .flatMap((product) => product.split(" * "))
    .filter((factor) => factor !== "1")
    .reduce((a, b) => (a === "1" ? b : `rn_mul(${a}, ${b})`), "1");

const sum = (terms: ReadonlyArray<string>): string =>
  terms.reduce((a, b) => (a === "0" ? b : `rn_add(${a}, ${b})`), "0");

/*
 * The memory of a search: what `beam.h` keeps, the arena of a step for all rows, that in which sequences are begun, the
 * values of each `~` that no step reads, the lengths of sequences and of rows, and which values sequences have.
 */

/** How a search stands in its memory, and how many bytes it needs. */
export const searchPlanText = (printing: Printing): ReadonlyArray<string> => {
  const { contents, names } = printing;
  const { start, step } = contents.programs;
  const { prefix } = names;
  const tildes = tildesOf(contents);
  const own = tildes.filter(({ leaf }) => leaf === undefined);
  return [
    [
      "typedef struct {",
      "rn_search s;",
      "rn_frame f, g;",
      `rn_i ${dimsAndOffsets(step!)}, first_d[${1 + start!.program.lengths.length}], first_o[${start!.offsets}];`,
      "rn_i scratch, room, begun, own, numbers, masks, bytes;",
      "} rn_searching;",
      `RN_OUT int rn_search_plan(rn_searching *p, const ${prefix}_sizes *sizes, const ${prefix}_beam *beam) {`,
      "memset(p, 0, sizeof *p);",
      "RN_TRY(rn_sizes(&p->f, sizes));",
      `if (beam->width < 1 || beam->width > 1048576 || beam->keep > beam->width) return ${prefix}_wrong_value;`,
      `if (!(beam->length_penalty >= 0 && beam->length_penalty < (double)rn_infinity())) return ${prefix}_wrong_value;`,
      `if (beam->length > INT32_MAX) return ${prefix}_wrong_size;`,
      "p->g = p->f;",
      "p->g.e[0] = rn_mul(p->f.e[0], (rn_i)beam->width);",
      `if (p->g.e[0] > INT32_MAX) return ${prefix}_wrong_size;`,
      "const rn_i *const e = p->g.e;",
      "p->s.size = p->f.e[0];",
      "p->s.width = (rn_i)beam->width;",
      "p->s.keep = beam->keep == 0 ? 1 : (rn_i)beam->keep;",
      "p->s.length = (rn_i)beam->length;",
      "p->s.penalty = beam->length_penalty;",
      `p->s.elements = ${sum(tildes.map(({ outer, random }) => saturated(outer, String(blockOf(random.variable)))))};`,
      `p->scratch = ${scratchText(contents)};`,
      "p->room = rn_search_room(&p->s, NULL, p->scratch);",
      "p->begun = rn_step_layout(e, p->d, p->o);",
      "p->own = rn_add(p->begun, rn_start_layout(p->f.e, p->first_d, p->first_o));",
      `p->numbers = rn_add(p->own, rn_add(${sum(own.map(({ outer, random }) => saturated(outer, "e[0]", String(blockOf(random.variable)))))}, 3) / 4 * 4);`,
      "p->masks = rn_add(p->room, rn_mul(p->numbers, (rn_i)sizeof(rn_f)));",
      "p->masks = rn_add(p->masks, rn_mul(rn_add(rn_lengths(p->f.e), rn_lengths(e)), (rn_i)sizeof(int32_t)));",
      `p->bytes = rn_add(p->masks, rn_mul(p->s.size, ${sum(tildes.map(({ outer }) => saturated(outer)))}));`,
      `return p->bytes >= RN_MOST ? ${prefix}_wrong_size : 0;`,
      "}",
    ].join("\n"),
    definitionText(printing, "search_memory", [
      "rn_searching p;",
      ...withoutOwnLength(contents, names, "sizes"),
      "return rn_search_plan(&p, &sizes, &beam) != 0 ? SIZE_MAX : (size_t)p.bytes;",
    ]),
  ];
};

/** Numbers for what is loaded for all sequences, and for all that has rows, of one. */
const scratchText = (contents: CContents): string => {
  const { model, programs } = contents;
  const step = programs.step!;
  const tildes = tildesOf(contents);
  const rowsText = (slots: ReadonlyArray<Slot>): string =>
    sum([
      ...slots.flatMap((slot) => {
        const rows = rowsOf(model, step, slot);
        return rows === undefined ? [] : [saturated(rows.outer, rows.inner, "p->s.width")];
      }),
      ...tildes.map(({ outer, random }) => saturated(outer, String(blockOf(random.variable)), "p->s.width")),
    ]);
  const loaded = [
    ...dataLeaves(step).map((leaf) => saturated("2", countText(model, step, leaf))),
    ...tildes.map(({ outer, random }) => saturated("2", outer, "e[0]", String(blockOf(random.variable)))),
  ];
  return [rowsText(leavesNamed(step, "$state.")), rowsText(resultsOf(step, "state")), ...new Set(loaded)].reduce(
    (a, b) => `rn_most(${a}, ${b})`,
  );
};

import { blockCountOf } from "../../circuit/block-count.ts";
import type { Slot } from "../../loops/loops.ts";
import type { ModelInfo } from "../../runtime/interface.ts";
import { lengthNumber } from "./cells.ts";
import type { CProgram } from "./contents.ts";

/** How many dims and offsets a program has, as the fields that hold them. */
export const dimsAndOffsets = ({ program, offsets }: CProgram): string =>
  `d[${1 + program.lengths.length}], o[${offsets}]`;

/** The sizes that a program is planned for, of those of a call. */
const sizesOf = (model: ModelInfo, { program: { lengths } }: CProgram): ReadonlyArray<string> => [
  "e[0]",
  ...lengths.map((length) => {
    const counted = blockCountOf(length);
    if (counted === undefined) return `e[${1 + lengthNumber(model, length)}]`;
    const all = `e[${1 + lengthNumber(model, counted.of)}]`;
    return `${all} / ${counted.size} + (${all} % ${counted.size} != 0)`;
  }),
];

/** A C function that plans a program for the sizes of a call, and tells how many numbers its arena holds. */
export const layoutText = (model: ModelInfo, name: string, own: CProgram): string =>
  [
    `RN_FN rn_i rn_${name}_layout(const rn_i *e, rn_i *d, rn_i *o) {`,
    ...sizesOf(model, own).map((of, i) => `d[${i}] = ${of};`),
    `return rn_${name}_plan(d, o);`,
    "}",
  ].join("\n");

/** The tables of a program among those of a call, of lengths that a caller gives; there is one in any case. */
export const tablesText = (model: ModelInfo, { program: { lengths } }: CProgram, of: string): string =>
  `const int32_t *const L[] = {${[...lengths.map((length) => (blockCountOf(length) === undefined ? `${of}[${lengthNumber(model, length)}]` : "NULL")), "NULL"].join(", ")}};`;

/** How many numbers a slot has, of the sizes of a call. */
export const countText = (model: ModelInfo, own: CProgram, { axes }: Slot): string => extentsText(model, own, axes);

/** How many numbers of each row of the batch stand together, and how often: undefined where a slot is the same for all. */
export const rowsOf = (
  model: ModelInfo,
  own: CProgram,
  { axes }: Slot,
): { readonly outer: string; readonly inner: string } | undefined => {
  const batch = axes.findIndex(({ extent }) => extent.dims.includes(0));
  return batch < 0
    ? undefined
    : {
        outer: extentsText(model, own, axes.slice(0, batch)),
        inner: extentsText(model, own, axes.slice(batch + 1)),
      };
};

const extentsText = (model: ModelInfo, { program: { lengths } }: CProgram, axes: Slot["axes"]): string =>
  axes
    .flatMap(({ extent }) => [
      ...(extent.factor === 1 && extent.dims.length > 0 ? [] : [String(extent.factor)]),
      ...extent.dims.map((dim) => (dim === 0 ? "e[0]" : `e[${1 + lengthNumber(model, lengths[dim - 1]!)}]`)),
    ])
    .join(" * ") || "1";

import type { Slot } from "../../loops/loops.ts";
import type { ModelInfo } from "../../runtime/interface.ts";
import { lengthNumber } from "./cells.ts";
import type { CProgram } from "./contents.ts";

/** How many dims and offsets a program has, as the fields that hold them. */
export const dimsAndOffsets = ({ program, offsets }: CProgram): string =>
  `d[${1 + program.lengths.length}], o[${offsets}]`;

/** Where the sizes that a program is planned for stand among those of a call. */
const sizesOf = (model: ModelInfo, { program: { lengths } }: CProgram): ReadonlyArray<number> => [
  0,
  ...lengths.map((length) => 1 + lengthNumber(model, length)),
];

/** A C function that plans a program for the sizes of a call, and tells how many numbers its arena holds. */
export const layoutText = (model: ModelInfo, name: string, own: CProgram): string =>
  [
    `RN_FN rn_i rn_${name}_layout(const rn_i *e, rn_i *d, rn_i *o) {`,
    ...sizesOf(model, own).map((of, i) => `d[${i}] = e[${of}];`),
    `return rn_${name}_plan(d, o);`,
    "}",
  ].join("\n");

/** The tables of a program among those of a call; there is one in any case. */
export const tablesText = (model: ModelInfo, { program: { lengths } }: CProgram, of: string): string =>
  `const int32_t *const L[] = {${[...lengths.map((length) => `${of}[${lengthNumber(model, length)}]`), "NULL"].join(", ")}};`;

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

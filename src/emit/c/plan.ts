import type { Buffer, LoopProgram } from "../../loops/loops.ts";
import { segmentDims } from "../../loops/segments/dims.ts";
import { fixed, type Size } from "../../loops/size.ts";
import type { Packed } from "../packing.ts";
import type { CChoices } from "./choices.ts";
import { panelColumns, stretchesIn } from "./stretches.ts";

/**
 * A C function `NAME_plan`: where each buffer and what stands after them begins in the arena, at these dims, and how many
 * numbers the arena holds. It is `kernels/plan.js` with the sizes of one program; what is too large stays at RN_MOST.
 */
export const planText = (name: string, program: LoopProgram, choices: CChoices): string => {
  const { buffers, homes, lengths, segments } = program;
  const count = new Set(homes).size;
  const homesOf = Array.from({ length: count }, (_, home) =>
    buffers.flatMap((_, id) => (homes[id] === home ? [id] : [])),
  );
  const planned = [
    ...homesOf.map((members) => homeText(members, buffers)),
    ...stretchesIn(program, choices).map((uses, at) => stretchText(uses, buffers.length + at)),
  ];
  const dims = 1 + lengths.length;
  return [
    `RN_OUT rn_i ${name}_plan(const rn_i *D, rn_i *o) {`,
    "rn_i at = 0;",
    ...(segments === undefined
      ? ["const rn_i *const d = D;"]
      : [
          `rn_i d[${segmentDims(lengths).number + 1}] = {0};`,
          `memcpy(d, D, ${dims} * sizeof d[0]);`,
          ...segmentSizes(program),
        ]),
    ...planned.flat(),
    "(void)d, (void)o;",
    "return at;",
    "}",
  ].join("\n");
};

/** The dims of segments that buffers have, after those of the batch. */
export const segmentSizes = ({ lengths, segments }: LoopProgram): ReadonlyArray<string> => {
  if (segments === undefined) return [];
  const { extent, segments: count, last } = segmentDims(lengths);
  const { dimension, length } = segments;
  return [
    `d[${extent}] = d[${dimension}] < ${length} ? d[${dimension}] : ${length};`,
    `d[${count}] = (d[${dimension}] + ${length - 1}) / ${length};`,
    `d[${last}] = (d[${count}] - 1) * ${length};`,
  ];
};

/** How many offsets it gives. */
export const offsetCount = (program: LoopProgram, choices: CChoices): number =>
  program.buffers.length + stretchesIn(program, choices).length;

const homeText = (members: ReadonlyArray<number>, buffers: ReadonlyArray<Buffer>): ReadonlyArray<string> => {
  const parts = members.map((id) => partsOf(buffers[id]!));
  const [before, after] = [parts.map((part) => part.before), parts.map((part) => part.after)].map(greatest);
  const [first, ...others] = members;
  return [
    `RN_HOME(${first}, ${before}, ${after});`,
    ...(others.length === 0 ? [] : [`${others.map((id) => `o[${id}] = `).join("")}o[${first}];`]),
  ];
};

const partsOf = ({ rows, front, back, rowSize }: Buffer): { readonly before: string; readonly after: string } => ({
  before: product(sizeText(fixed(front)), sizeText(rowSize)),
  after: product(back === 0 ? sizeText(rows) : `rn_add(${sizeText(rows)}, ${back})`, sizeText(rowSize)),
});

const stretchText = (uses: ReadonlyArray<Packed>, at: number): ReadonlyArray<string> => [
  `RN_HOME(${at}, 0, ${greatest(
    uses.map(({ terms, columns }) => product(sizeText(terms), `rn_panels(${sizeText(columns)}, ${panelColumns})`)),
  )});`,
];

const greatest = (sizes: ReadonlyArray<string>): string =>
  [...new Set(sizes)].reduce(
    (one, other) => (one === "0" ? other : other === "0" ? one : `rn_most(${one}, ${other})`),
    "0",
  );

const product = (a: string, b: string): string => {
  if (a === "0" || b === "0") return "0";
  if (a === "1" || b === "1") return a === "1" ? b : a;
  const known = Number(a) * Number(b);
  return known < mostEverywhere ? String(known) : `rn_mul(${a}, ${b})`;
};

/** What no machine's RN_MOST is below. */
const mostEverywhere = 2 ** 27;

/** A size that stays at RN_MOST where it would be larger. */
const sizeText = ({ factor, dims }: Size): string => dims.map((dim) => `d[${dim}]`).reduce(product, String(factor));

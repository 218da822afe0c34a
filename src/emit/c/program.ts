import { productsIn } from "../../loops/inner.ts";
import type { LoopProgram } from "../../loops/loops.ts";
import { segmentDimCount, segmentDims } from "../../loops/segments/dims.ts";
import { runsOf } from "../../loops/segments/runs.ts";
import type { Precision } from "../../runtime/interface.ts";
import { newHoist } from "../hoist.ts";
import { type Packed, packedSize, packedText, stretchesOf } from "../packing.ts";
import type { CChoices } from "./choices.ts";
import { singles } from "./flavour.ts";
import { loopsText } from "./loop.ts";
import { type Calls, constantsText, type Scope } from "./scope.ts";

/**
 * A loop program as C functions: one for each block, and one that calls them, of the arena, the words (dims, the offsets
 * of buffers and of what stands after them, and where each table of lengths begins) and those tables.
 */
export const programText = (
  name: string,
  program: LoopProgram,
  precision: Precision,
  choices: CChoices,
  called: Calls,
): string => {
  const { blocks, buffers, lengths } = program;
  const stretches = stretchCount(program, choices);
  const functions = blocks.map((block, at) => {
    const scope: Scope = {
      precision,
      choices,
      called,
      hoist: newHoist(choices.isNamed),
      packing: choices.packingOf(block),
      buffers: buffers.length,
      room: stretches,
      flavour: singles(precision),
      across: undefined,
      kinds: new Map(),
    };
    const lines = loopsText(scope, block.body);
    return [
      `/* ${commentText(block.title)} */`,
      `RN_OUT void ${name}_${at}(rn_f *M, const rn_i *d, const rn_i *o, const int32_t *const *L) {`,
      "(void)M, (void)d, (void)o, (void)L;",
      ...constantsText(scope),
      ...lines,
      "RN_WRITES;",
      "}",
    ].join("\n");
  });
  const dims = 1 + lengths.length;
  const words = dims + buffers.length + stretches + 1;
  const tables = lengths.map((_, i) => `T + w[${words + i}]`);
  return [
    ...functions,
    `RN_LINKAGE RN_EXPORT void ${name}(rn_f *M, const rn_i *w, const int32_t *T);`,
    `RN_LINKAGE RN_EXPORT void ${name}(rn_f *M, const rn_i *w, const int32_t *T) {`,
    `const int32_t *const L[] = {${[...tables, "T"].join(", ")}};`,
    `const rn_i *const o = w + ${dims};`,
    ...runText(name, program),
    "(void)M, (void)d, (void)o, (void)L;",
    "}",
  ].join("\n");
};

/** The blocks one after the other, those of a pass in turn for each segment. */
const runText = (name: string, { blocks, lengths, segments }: LoopProgram): ReadonlyArray<string> => {
  const call = (at: number) => `${name}_${at}(M, d, o, L);`;
  if (segments === undefined) return ["const rn_i *const d = w;", ...blocks.map((_, at) => call(at))];
  const { extent, segments: count, last, start, count: positions, number } = segmentDims(lengths);
  const { dimension, length } = segments;
  const dims = 1 + lengths.length;
  return [
    `rn_i d[${dims + segmentDimCount}] = {0};`,
    `memcpy(d, w, ${dims} * sizeof d[0]);`,
    `d[${extent}] = d[${dimension}] < ${length} ? d[${dimension}] : ${length};`,
    `d[${count}] = (d[${dimension}] + ${length - 1}) / ${length};`,
    `d[${last}] = (d[${count}] - 1) * ${length};`,
    ...runsOf(blocks).flatMap(({ pass, members }) => {
      const calls = members.map(call);
      if (pass === undefined) return calls;
      return [
        pass.backwards ? `for (rn_i s = d[${count}] - 1; s >= 0; s--) {` : `for (rn_i s = 0; s < d[${count}]; s++) {`,
        `d[${number}] = s;`,
        `d[${start}] = s * ${length};`,
        `d[${positions}] = d[${dimension}] - d[${start}] < ${length} ? d[${dimension}] - d[${start}] : ${length};`,
        ...calls,
        "}",
      ];
    }),
  ];
};

/** Text that can end no comment, in ASCII. */
const commentText = (text: string): string =>
  text
    .replace(/[^ -~]/gu, "?")
    .replaceAll("*/", "* /")
    .replaceAll("??", "? ");

const stretchCount = ({ blocks }: LoopProgram, { packingOf }: CChoices): number =>
  stretchesOf(blocks.map(packingOf)).length;

/** A panel's columns on the machine with the widest vectors are a divisor of these. */
const panelColumns = 64;

/** Of each stretch after the buffers what it has to hold: packed operands of products, and one panel. */
const stretchesIn = (program: LoopProgram, choices: CChoices): ReadonlyArray<ReadonlyArray<Packed>> => [
  ...stretchesOf(program.blocks.map(choices.packingOf)),
  program.blocks
    .flatMap(({ body }) => body.flatMap(productsIn))
    .map(({ k }) => ({ terms: k.extent, columns: { factor: 1, dims: [] } })),
];

/** How many numbers stand in the arena after the buffers. */
export const besides = (program: LoopProgram, choices: CChoices, dims: ReadonlyArray<number>): number =>
  stretchesIn(program, choices).reduce((total, uses) => total + packedSize(uses, panelColumns, dims), 0);

/** The same as JavaScript text, stretch by stretch. */
export const stretchTexts = (program: LoopProgram, choices: CChoices): ReadonlyArray<string> =>
  stretchesIn(program, choices).map((uses) => packedText(uses, panelColumns));

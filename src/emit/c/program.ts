import type { LoopProgram } from "../../loops/loops.ts";
import { segmentDimCount, segmentDims } from "../../loops/segments/dims.ts";
import { runsOf } from "../../loops/segments/runs.ts";
import type { Precision } from "../../runtime/interface.ts";
import { newHoist } from "../hoist.ts";
import { heldOnce, type Packing, packingsOf, stretchesOf } from "../packing.ts";
import type { CChoices } from "./choices.ts";
import { commentText } from "./comment.ts";
import { singles } from "./flavour.ts";
import { loopsText } from "./loop.ts";
import { segmentSizes } from "./plan.ts";
import { packText } from "./product.ts";
import { type Calls, constantsText, type Scope } from "./scope.ts";
import { stretchCount } from "./stretches.ts";

/**
 * A loop program as C functions: one for each block, and `NAME_all`, which calls them, of the arena, the dims, the offsets
 * of buffers and of what stands after them, and the tables of lengths.
 */
export const programText = (
  name: string,
  program: LoopProgram,
  precision: Precision,
  choices: CChoices,
  called: Calls,
): string => {
  const { blocks, buffers } = program;
  const packings = packingsOf(program, choices);
  const stretches = stretchesOf(packings).length;
  const scopeOf = (packing: Packing): Scope => ({
    precision,
    choices,
    called,
    hoist: newHoist(choices.isNamed),
    packing,
    buffers: buffers.length,
    room: stretches,
    flavour: singles(precision),
    across: undefined,
    part: undefined,
    kinds: new Map(),
  });
  const functions = blocks.map((block, at) => {
    const scope = scopeOf(packings[at]!);
    const lines = loopsText(scope, block.body);
    return [
      `/* ${commentText(block.title)} */`,
      `RN_OUT void ${name}_${at}(RN_ARGS) {`,
      "RN_USED;",
      ...constantsText(scope),
      ...lines,
      "RN_WRITES;",
      "}",
    ].join("\n");
  });
  return [
    ...functions,
    `RN_OUT void ${name}_all(rn_f *M, const rn_i *D, const rn_i *o, const int32_t *const *L) {`,
    ...runText(name, program),
    "RN_USED;",
    "}",
    ...packingText(name, packings, scopeOf),
  ].join("\n");
};

/** `NAME_pack`, which packs what is held of parameters, if something is. */
const packingText = (
  name: string,
  packings: ReadonlyArray<Packing>,
  scopeOf: (packing: Packing) => Scope,
): ReadonlyArray<string> => {
  const packed = heldOnce(packings).flatMap(({ product }) => {
    const scope = scopeOf(packings.find(({ held }) => held.has(product))!);
    const lines = packText(scope, product);
    return ["{", ...constantsText(scope), ...lines, "}"];
  });
  if (packed.length === 0) return [];
  return [
    `RN_OUT void ${name}_pack(rn_f *M, const rn_i *d, const rn_i *o) {`,
    ...packed,
    "(void)M, (void)d, (void)o;",
    "}",
  ];
};

export const holdName = (name: string): string => `${name}_hold`;

/** Whether parameters of a program are packed once for many runs. */
export const holds = (program: LoopProgram, choices: CChoices): boolean =>
  heldOnce(packingsOf(program, choices)).length > 0;

/** The same as a function for those outside, of the arena, words (dims, offsets, where each table begins) and all tables. */
export const exportedText = (name: string, program: LoopProgram, choices: CChoices): string => {
  const { buffers, lengths } = program;
  const dims = 1 + lengths.length;
  const words = dims + buffers.length + stretchCount(program, choices) + 1;
  const tables = lengths.map((_, i) => `T + w[${words + i}]`);
  return [
    `RN_LINKAGE RN_EXPORT void ${name}(rn_f *M, const rn_i *w, const int32_t *T);`,
    `RN_LINKAGE RN_EXPORT void ${name}(rn_f *M, const rn_i *w, const int32_t *T) {`,
    `const int32_t *const L[] = {${[...tables, "T"].join(", ")}};`,
    `${name}_all(M, w, w + ${dims}, L);`,
    "}",
    ...(holds(program, choices) ? exportedPackingText(name, dims) : []),
  ].join("\n");
};

const exportedPackingText = (name: string, dims: number): ReadonlyArray<string> => {
  const head = `RN_LINKAGE RN_EXPORT void ${holdName(name)}(rn_f *M, const rn_i *w, const int32_t *T)`;
  return [`${head};`, `${head} {`, "(void)T;", `${name}_pack(M, w, w + ${dims});`, "}"];
};

/** The blocks one after the other, those of a pass in turn for each segment. */
const runText = (name: string, program: LoopProgram): ReadonlyArray<string> => {
  const { blocks, lengths, segments } = program;
  const call = (at: number) => `${name}_${at}(M, d, o, L);`;
  if (segments === undefined) return ["const rn_i *const d = D;", ...blocks.map((_, at) => call(at))];
  const { segments: count, start, count: positions, number } = segmentDims(lengths);
  const { dimension, length } = segments;
  const dims = 1 + lengths.length;
  return [
    `rn_i d[${dims + segmentDimCount}] = {0};`,
    `memcpy(d, D, ${dims} * sizeof d[0]);`,
    ...segmentSizes(program),
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

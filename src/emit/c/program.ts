import type { LoopProgram } from "../../loops/loops.ts";
import { segmentDimCount, segmentDims } from "../../loops/segments/dims.ts";
import { runsOf } from "../../loops/segments/runs.ts";
import type { Precision } from "../../runtime/interface.ts";
import { newHoist } from "../hoist.ts";
import type { CChoices } from "./choices.ts";
import { commentText } from "./comment.ts";
import { singles } from "./flavour.ts";
import { loopsText } from "./loop.ts";
import { segmentSizes } from "./plan.ts";
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
  ].join("\n");
};

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
  ].join("\n");
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

import { productsIn } from "../../loops/inner.ts";
import type { LoopProgram } from "../../loops/loops.ts";
import { type Packed, packedSize, packedText, packingsOf, stretchesOf } from "../packing.ts";
import type { CChoices } from "./choices.ts";

/** A panel's columns on the machine with the widest vectors are a divisor of these. */
export const panelColumns = 64;

export const stretchCount = (program: LoopProgram, choices: CChoices): number =>
  stretchesOf(packingsOf(program, choices)).length;

/** Of each stretch after the buffers what it has to hold: packed operands of products, and one panel. */
export const stretchesIn = (program: LoopProgram, choices: CChoices): ReadonlyArray<ReadonlyArray<Packed>> => [
  ...stretchesOf(packingsOf(program, choices)),
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

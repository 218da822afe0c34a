import type { LoopProgram } from "../../loops/loops.ts";
import { evaluatedSize } from "../../loops/size.ts";
import type { Precision } from "../../runtime/interface.ts";
import { packedSize, packingsOf, stretchesOf } from "../packing.ts";
import type { WasmChoices } from "./choices.ts";
import { panelColumns } from "./product/tile.ts";
import { tablesOf } from "./tables.ts";

/** How many numbers stand in the arena of a program after its buffers: packed operands and tables of lengths. */
export const besides = (
  program: LoopProgram,
  precision: Precision,
  choices: WasmChoices,
  dims: ReadonlyArray<number>,
): number => {
  const width = panelColumns(precision);
  const packed = stretchesOf(packingsOf(program, choices)).map((uses) => packedSize(uses, width, dims));
  // A length takes four bytes.
  const tables = tablesOf(program).map(({ size }) => evaluatedSize(size, dims) / (precision === "f32" ? 1 : 2));
  return [...packed, ...tables].reduce((total, count) => total + Math.ceil(count / 4) * 4, 0);
};

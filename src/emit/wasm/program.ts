import type { LoopProgram } from "../../loops/loops.ts";
import type { Precision } from "../../runtime/interface.ts";
import { kernelTexts as sharedTexts } from "../generated/kernels.ts";
import { heldOnce, packedText, stretchesOf } from "../packing.ts";
import { programObject, sizeText } from "../program-object.ts";
import { base64 } from "./base64.ts";
import { bestWasm, type WasmChoices } from "./choices.ts";
import { kernelTexts } from "./generated/kernels.ts";
import { wasmModule } from "./module.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { panelColumns } from "./product/tile.ts";
import { wasmModuleText } from "./text/module-text.ts";

/**
 * Loop programs as JavaScript text: `support` holds the bytes of one WebAssembly module, and each program is an
 * expression that evaluates to a `Program` (program.ts). They speak of the functions in `kernels/wasm-program.js`.
 * With `names`, those of the programs, the module's functions are named.
 */
export const wasmTexts = (
  programs: ReadonlyArray<LoopProgram>,
  precision: Precision,
  choices: WasmChoices = bestWasm,
  names?: ReadonlyArray<string>,
): { readonly support: string; readonly programs: ReadonlyArray<string> } => {
  const prepared = prepare(programs, precision, choices);
  return {
    support: `${sharedTexts["plan.js"]}
${kernelTexts["bytes.js"]}
${kernelTexts["wasm-program.js"]}
const wasm = wasmModule("${base64(wasmModule(prepared, precision, choices, names))}");`,
    programs: prepared.map((item, i) => programText(item, i, precision)),
  };
};

/** The module of one program in the text format, its functions named. */
export const wasmText = (program: LoopProgram, precision: Precision, choices: WasmChoices, name: string): string =>
  wasmModuleText(wasmModule(prepare([program], precision, choices), precision, choices, [name]));

const programText = ({ program, tables, packings, layout }: Prepared, i: number, precision: Precision): string => {
  const bytes = precision === "f32" ? 4 : 8;
  const width = panelColumns(precision);
  const stretches = stretchesOf(packings).map((uses) => packedText(uses, width));
  const entries = tables.map(({ size }) => (bytes === 4 ? sizeText(size) : `(${sizeText(size)} + 1) / 2`));
  return [
    `newWasmProgram(wasm, ${i}, ${heldOnce(packings).length > 0}, ${bytes}, ${layout.arena}, [${tables.map(({ table }) => table)}], {`,
    ...programObject(program, [...stretches, ...entries]),
    "})",
  ].join("\n");
};

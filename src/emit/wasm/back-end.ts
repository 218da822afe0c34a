import type { BackEnd } from "../back-end.ts";
import { besides } from "./besides.ts";
import { wasmOptimisations, wasmWithout } from "./choices.ts";
import { hasVectors } from "./engine.ts";
import { wasmText, wasmTexts } from "./program.ts";

/**
 * WebAssembly with vectors, embedded in the JavaScript module. Single precision is where vectors gain most; it serves for
 * double precision on request. An engine that lacks it gets another.
 */
export const wasmBackEnd: BackEnd = {
  optimisations: wasmOptimisations,
  isFirstChoice: (precision) => precision === "f32" && hasVectors(),
  sumsInDouble: () => false,
  besides: (program, { precision, without }, dims) => besides(program, precision, wasmWithout(without), dims),
  print: (programs, { precision, without, names }) =>
    wasmTexts(
      programs.map(({ program }) => program),
      precision,
      wasmWithout(without),
      names ? programs.map(({ name }) => name) : undefined,
    ),
  readable: ({ name, program }, { precision, without }) => wasmText(program, precision, wasmWithout(without), name),
};

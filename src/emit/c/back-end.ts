import type { LoopProgram } from "../../loops/loops.ts";
import type { BackEnd } from "../back-end.ts";
import { kernelTexts as sharedTexts } from "../generated/kernels.ts";
import { literal } from "../literal.ts";
import { programObject } from "../program-object.ts";
import { type CChoices, cOptimisations, cWithout } from "./choices.ts";
import { kernelTexts } from "./generated/kernels.ts";
import { holdName, holds } from "./program.ts";
import { besides, stretchTexts } from "./stretches.ts";
import { programsText } from "./text.ts";

/** The names of a program's function and of that which packs parameters, if there is one. */
const holdText = (name: string, program: LoopProgram, choices: CChoices): string =>
  `${literal(name)}, ${holds(program, choices) ? literal(holdName(name)) : "undefined"}`;

/**
 * C that the machine at hand compiles: the JavaScript module holds its text, and asks what `rnnc/native` has put in its
 * place for the functions. Chosen where it is asked for alone.
 */
export const cBackEnd: BackEnd = {
  optimisations: cOptimisations,
  isFirstChoice: () => false,
  sumsInDouble: () => false,
  besides: (program, { without }, dims) => besides(program, cWithout(without), dims),
  print: (programs, { precision, without }) => {
    const choices = cWithout(without);
    return {
      support: [
        sharedTexts["plan.js"],
        kernelTexts["native-program.js"],
        kernelTexts["native-library.js"],
        `const native = nativeLibrary(${literal(programsText(programs, precision, choices))}, ${literal(precision)});`,
      ].join("\n"),
      programs: programs.map(({ program }, i) =>
        [
          `newNativeProgram(native, ${holdText(`run${i}`, program, choices)}, {`,
          ...programObject(program, stretchTexts(program, choices)),
          "})",
        ].join("\n"),
      ),
    };
  },
  readable: ({ name, program }, { precision, without }) =>
    programsText([{ name, program }], precision, cWithout(without)),
};

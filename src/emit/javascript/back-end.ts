import type { BackEnd } from "../back-end.ts";
import { javascriptOptimisations, javascriptWithout } from "./choices.ts";
import { javascript } from "./program.ts";
import { supportText } from "./support.ts";

/** Plain JavaScript, which computes with doubles and rounds where single precision asks for it. */
export const javascriptBackEnd: BackEnd = {
  optimisations: javascriptOptimisations,
  isFirstChoice: () => true,
  sumsInDouble: (precision) => precision === "f32",
  besides: () => 0,
  print: (programs, { precision, without, names }) => {
    const choices = javascriptWithout(without);
    const texts = programs.map(({ program, isLean }) =>
      javascript(program, precision, { ...choices, isLean: isLean === true }, names),
    );
    return { support: supportText(texts, precision), programs: texts };
  },
  readable: ({ program }, { precision, without }) => javascript(program, precision, javascriptWithout(without), true),
};

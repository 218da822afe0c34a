import type { Precision } from "../runtime/interface.ts";

/** How the function of a program is called. */
export const prototypeOf = (name: string, precision: Precision): string =>
  `void ${name}(${precision === "f32" ? "float" : "double"} *arena, int64_t *words, int32_t *tables)`;

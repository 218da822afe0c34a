import { adjointOf, equationsOf } from "../../../src/views/printed.ts";
import type { Equations, Given } from "../protocol.ts";
import { opened } from "./opened.ts";

/** A model's equations, or those of its gradient. */
export const equations = ({ of, ...program }: Given<"equations">): Equations => {
  const { compiled, orders } = opened(program);
  const print = of === "model" ? equationsOf : adjointOf;
  return {
    latex: print(compiled.elaborated, "latex", { orders }),
    text: print(compiled.elaborated, "text", { orders }),
  };
};

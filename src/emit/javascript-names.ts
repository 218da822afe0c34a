import type { BufferId, Index, LoopProgram } from "../schedule/loops.ts";
import { type Hoist, integerText, newHoist } from "./hoist.ts";
import type { Precision } from "./interface.ts";

/** What a loop body calls integers and the elements of buffers in JavaScript, and how it rounds. */
export interface Names extends Pick<Hoist, "constants" | "integer" | "size"> {
  readonly inside: (variable: string) => Names;
  /** The array that a buffer is in: the arena, or the same memory as doubles. */
  readonly arena: (buffer: BufferId) => string;
  /** Where an element stands in its array. */
  readonly place: (buffer: BufferId, index: Index) => string;
  /** A number as one of the program's precision: JavaScript computes with doubles. */
  readonly rounded: (text: string) => string;
}

export const newNames = (
  { buffers }: Pick<LoopProgram, "buffers">,
  precision: Precision,
  isNamed: Parameters<typeof newHoist>[0],
): Names => {
  const around = (hoist: Hoist): Names => ({
    ...hoist,
    inside: (variable) => around(hoist.inside(variable)),
    arena: (buffer) => (buffers[buffer]?.isDouble ? "D" : "M"),
    place: (buffer, index) => integerText(hoist.address(buffer, index, 1)),
    rounded: rounding[precision],
  });
  return around(newHoist(isNamed));
};

const rounding: { readonly [P in Precision]: Names["rounded"] } = {
  f32: (text) => `Math.fround(${text})`,
  f64: (text) => text,
};

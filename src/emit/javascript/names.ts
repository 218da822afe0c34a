import type { Block, BufferId, Index, LoopProgram } from "../../loops/loops.ts";
import type { Precision } from "../../runtime/interface.ts";
import { type Hoist, integerText, newHoist } from "../hoist.ts";
import { noPacking, type Packing } from "../packing.ts";
import type { JavaScriptChoices } from "./choices.ts";

/** What a loop body calls integers and the elements of buffers in JavaScript, and how it rounds. */
export interface Names extends Pick<Hoist, "constants" | "integer" | "size"> {
  readonly code: Pick<JavaScriptChoices, "readOnce" | "productKernel">;
  /** What is packed before the block's loops. */
  readonly packing: Packing;
  readonly inside: (variable: string) => Names;
  /** A comment that says whose value a buffer takes, or nothing. */
  readonly label: (buffer: BufferId) => string;
  /** The array that a buffer is in: the arena, or the same memory as doubles. */
  readonly arena: (buffer: BufferId) => string;
  /** Where an element stands in its array. */
  readonly place: (buffer: BufferId, index: Index) => string;
  /** A new place for the operands of a function, if it takes them from memory. */
  readonly operandPlace: () => number | undefined;
  /** A number as one of the program's precision: JavaScript computes with doubles. */
  readonly rounded: (text: string) => string;
  /** What is written for a local value: its name, or what it is. */
  readonly local: (name: string) => string;
  /** The same where a store will round it. */
  readonly stored: (name: string) => string;
  /** With further values that are written where they are read; they may be found later than this. */
  readonly knowing: (values: ReadonlyMap<string, Inlined>) => Names;
}

/** A value that is written where it is read. */
export interface Inlined {
  readonly text: string;
  readonly unrounded: string;
}

export const newNames = (
  { buffers }: Pick<LoopProgram, "buffers">,
  block: Block,
  precision: Precision,
  code: JavaScriptChoices,
  isLabelled = false,
): Names => {
  const packing = code.productKernel === "product" ? code.packingOf(block) : noPacking;
  let places = 0;
  const around = (hoist: Hoist, known: (name: string) => Inlined | undefined): Names => ({
    ...hoist,
    code,
    packing,
    inside: (variable) => around(hoist.inside(variable), known),
    label: (buffer) => (isLabelled ? labelOf(buffers[buffer]!.name) : ""),
    arena: (buffer) => (buffers[buffer]?.isDouble ? "D" : "M"),
    place: (buffer, index) => integerText(hoist.address(buffer, index, 1)),
    operandPlace: () => {
      if (!code.isLean) return undefined;
      places += 2;
      return places - 2;
    },
    rounded: rounding[precision],
    local: (name) => known(name)?.text ?? name,
    stored: (name) => known(name)?.unrounded ?? name,
    knowing: (values) => around(hoist, (name) => values.get(name) ?? known(name)),
  });
  // Outside of loops an integer that has a name is computed no less often.
  const hasLoops = block.body.some(({ tag }) => tag === "for" || tag === "if");
  return around(newHoist(hasLoops ? code.isNamed : () => false), () => undefined);
};

/** What stands behind a statement that gives a variable its value. */
export const labelOf = (name: string): string => ` // ${name}`;

const rounding: { readonly [P in Precision]: Names["rounded"] } = {
  f32: (text) => `rounded(${text})`,
  f64: (text) => text,
};

import type { Pointwise } from "../../circuit/circuit.ts";
import type { Precision } from "../../runtime/interface.ts";
import { newHoist } from "../hoist.ts";
import { noPacking } from "../packing.ts";
import type { CChoices } from "./choices.ts";
import { singles } from "./flavour.ts";
import { realText } from "./real.ts";
import type { Calls } from "./scope.ts";

/** A function of single numbers, outside of programs: its operands stand under names of a letter and a number. */
export const functionOfNames =
  (precision: Precision, choices: CChoices, called: Calls) =>
  (fn: Pointwise, operands: ReadonlyArray<string>): string =>
    realText(
      {
        ...{ precision, choices, called, buffers: 0, room: 0, across: undefined, part: undefined },
        hoist: newHoist(choices.isNamed),
        packing: noPacking,
        flavour: singles(precision),
        kinds: new Map(operands.map((name) => [name, "real"])),
      },
      { tag: "call", fn, operands: operands.map((name) => ({ tag: "local", name })) },
    );

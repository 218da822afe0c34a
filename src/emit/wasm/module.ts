import type { Block } from "../../schedule/loops.ts";
import type { CodeChoices } from "../choices.ts";
import { newHoist } from "../hoist.ts";
import type { Precision } from "../interface.ts";
import { assemble, type DefinedFunction } from "./assembler.ts";
import { call, define } from "./frame.ts";
import type { Layout } from "./layout.ts";
import { imports, type Library, newLibrary } from "./library.ts";
import { loopsCode } from "./loop.ts";
import { scalarOperations } from "./operations.ts";
import type { Packing } from "./packing.ts";
import type { Prepared } from "./prepare.ts";
import { constantsOf, type Scope } from "./scope.ts";
import type { Sharing } from "./sharing.ts";

/** One module for all programs of a model: they share kernels. Program i is run by the exported function `run<i>`. */
export const wasmModule = (
  programs: ReadonlyArray<Prepared>,
  precision: Precision,
  choices: CodeChoices,
): Uint8Array => {
  const library = newLibrary();
  const exports = programs.map(({ program, packings, sharings, layout }, i) => {
    const blocks = program.blocks.map((block, at) =>
      library.indexOf(`program ${i} block ${at}`, () =>
        blockFunction(block, packings[at]!, sharings[at]!, layout, library, precision, choices),
      ),
    );
    const run = define({ params: [] }, () => blocks.map((index) => call(index)));
    return { name: `run${i}`, index: library.indexOf(`program ${i}`, () => run) };
  });
  return assemble({ imports, functions: library.functions(), exports });
};

const blockFunction = (
  { body }: Block,
  packing: Packing,
  sharing: Sharing,
  layout: Layout,
  library: Library,
  precision: Precision,
  choices: CodeChoices,
): DefinedFunction =>
  define({ params: [] }, (frame) => {
    const scope: Scope = {
      frame,
      library,
      layout,
      precision,
      choices,
      hoist: newHoist(choices.isNamed),
      packing,
      sharing,
      packed: new Map(),
      integers: new Map(),
      reals: new Map(),
      operations: scalarOperations[precision],
      across: undefined,
    };
    const code = loopsCode(scope, body);
    return [constantsOf(scope), code];
  });

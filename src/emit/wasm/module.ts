import type { Block, Loop, LoopProgram, Product } from "../../loops/loops.ts";
import { segmentDims } from "../../loops/segments/dims.ts";
import { runsOf } from "../../loops/segments/runs.ts";
import type { Precision } from "../../runtime/interface.ts";
import { newHoist } from "../hoist.ts";
import { heldOnce, type Packing } from "../packing.ts";
import { assemble, type DefinedFunction } from "./assembler.ts";
import type { WasmChoices } from "./choices.ts";
import type { Code } from "./code.ts";
import { call, define, get, increase, int, type Locals, repeatWhile, set } from "./frame.ts";
import type { Layout } from "./layout.ts";
import { type Library, newLibrary } from "./library.ts";
import { loopsCode } from "./loop.ts";
import type { Prepared } from "./prepare.ts";
import { holdRight } from "./product/call.ts";
import type { Pattern } from "./repeated.ts";
import { repeatedCall } from "./repeated-call.ts";
import { scalarOperations } from "./scalar-operations.ts";
import { constantsOf, type Scope } from "./scope.ts";
import type { Sharing } from "./sharing.ts";
import { writtenValues } from "./written-values.ts";

/**
 * One module for all programs of a model: they share kernels. Program i is run by the exported function `run<i>`. Its
 * functions carry names where the programs have some.
 */
export const wasmModule = (
  programs: ReadonlyArray<Prepared>,
  precision: Precision,
  choices: WasmChoices,
  names: ReadonlyArray<string> | undefined,
): Uint8Array => {
  const library = newLibrary();
  const repeated = choices.repeatedLoops(programs, choices.isVectorisable);
  /** The names of repeated loops' functions: those of the first of them. */
  const titles = new Map<string, string>();
  const nameOf = (i: number): string => names?.[i] ?? `program ${i}`;
  const exports = programs.flatMap(({ program, packings, sharings, layout }, i) => {
    const blocks = program.blocks.map((block, at) => {
      const written = names === undefined ? [] : writtenValues(block, program);
      const title = `${nameOf(i)}, ${at + 1}: ${block.title}${written.length === 0 ? "" : `, of ${written.join(", ")}`}`;
      const sharedOf: SharedOf = (loop) => {
        const pattern = repeated.get(loop);
        if (pattern === undefined) return undefined;
        const shared = titles.get(pattern.key) ?? `${title}, loop ${titles.size + 1}`;
        titles.set(pattern.key, shared);
        return { pattern, title: shared };
      };
      return library.indexOf(title, () =>
        blockFunction(block, sharedOf, packings[at]!, sharings[at]!, layout, library, precision, choices),
      );
    });
    const run = define({ params: [] }, (frame) => runCode(frame, program, layout, blocks));
    const held = heldOnce(packings);
    const hold = () =>
      holdFunction(
        held.map(({ product }) => product),
        packings,
        layout,
        library,
        precision,
        choices,
      );
    return [
      { name: `run${i}`, index: library.indexOf(nameOf(i), () => run) },
      ...(held.length === 0 ? [] : [{ name: `hold${i}`, index: library.indexOf(`${nameOf(i)}, held`, hold) }]),
    ];
  });
  return assemble({
    functions: library.functions(),
    exports,
    ...(names === undefined ? {} : { names: library.names() }),
  });
};

/** Calls the blocks one after the other, those of a pass in turn for each segment. */
const runCode = (
  frame: Locals,
  { blocks, lengths, segments }: LoopProgram,
  { dimension }: Layout,
  functions: ReadonlyArray<number>,
): Code => {
  if (segments === undefined) return functions.map((index) => call(index));
  const dims = segmentDims(lengths);
  const [extent, number, count] = [frame.local("i32"), frame.local("i32"), frame.local("i32")];
  const { length } = segments;
  const put = (dim: number, value: Code): Code => int.store(int.constant(dimension(dim)), value);
  const begin = int.mul(get(number), int.constant(length));
  const passes = runsOf(blocks).map(({ pass, members }): Code => {
    const calls = members.map((at) => call(functions[at]!));
    if (pass === undefined) return calls;
    const segment = [
      put(dims.number, get(number)),
      put(dims.start, begin),
      set(count, int.sub(get(extent), begin)),
      put(dims.count, int.least(count, int.constant(length))),
      calls,
    ];
    const segmentCount = int.load(int.constant(dimension(dims.segments)));
    return pass.backwards
      ? [
          set(number, int.sub(segmentCount, int.constant(1))),
          repeatWhile(int.greaterEqual(get(number), int.constant(0)), [segment, increase(number, int.constant(-1))]),
        ]
      : [
          set(number, int.constant(0)),
          repeatWhile(int.less(get(number), segmentCount), [segment, increase(number, int.constant(1))]),
        ];
  });
  return [
    set(extent, int.load(int.constant(dimension(segments.dimension)))),
    put(dims.extent, int.least(extent, int.constant(length))),
    set(count, int.divide(int.add(get(extent), int.constant(length - 1)), int.constant(length))),
    put(dims.segments, get(count)),
    put(dims.last, int.mul(int.sub(get(count), int.constant(1)), int.constant(length))),
    passes,
  ];
};

/** What a loop is with others, and the name of their function. */
type SharedOf = (loop: Loop) => { readonly pattern: Pattern; readonly title: string } | undefined;

const blockFunction = (
  { body }: Block,
  sharedOf: SharedOf,
  packing: Packing,
  sharing: Sharing,
  layout: Layout,
  library: Library,
  precision: Precision,
  choices: WasmChoices,
): DefinedFunction =>
  define({ params: [] }, (frame) => {
    const scope = newScope(frame, packing, sharing, layout, library, precision, choices);
    const code = body.map((loop) => {
      const shared = sharedOf(loop);
      return shared === undefined || loop.tag !== "for"
        ? loopsCode(scope, [loop])
        : repeatedCall(scope, loop, shared.pattern, shared.title);
    });
    return [constantsOf(scope), code];
  });

/** Packs what is held of parameters. */
const holdFunction = (
  products: ReadonlyArray<Product>,
  packings: ReadonlyArray<Packing>,
  layout: Layout,
  library: Library,
  precision: Precision,
  choices: WasmChoices,
): DefinedFunction =>
  define({ params: [] }, (frame) =>
    products.map((product) => {
      const packing = packings.find(({ held }) => held.has(product))!;
      const scope = newScope(frame, packing, new Map(), layout, library, precision, choices);
      const code = holdRight(scope, product);
      return [constantsOf(scope), code];
    }),
  );

const newScope = (
  frame: Locals,
  packing: Packing,
  sharing: Sharing,
  layout: Layout,
  library: Library,
  precision: Precision,
  choices: WasmChoices,
): Scope => ({
  ...{ frame, library, layout, precision, choices, packing, sharing },
  hoist: newHoist(choices.isNamed),
  starts: new Map(),
  packed: new Map(),
  integers: new Map(),
  reals: new Map(),
  operations: scalarOperations[precision],
  across: undefined,
});

import type { Block, Count, Index, Loop, LoopProgram, Product } from "../schedule/loops.ts";
import type { Size } from "../schedule/size.ts";
import { bestCode, type CodeChoices } from "./choices.ts";
import { type Hoist, integerText, newHoist } from "./hoist.ts";
import { truth, value } from "./javascript-scalar.ts";
import { programParts } from "./program-parts.ts";

/**
 * Prints a loop program as a JavaScript expression that evaluates to a `Program` (interface.ts). It speaks of the
 * functions in `kernels/`, which stand once in a module. Each block is a function of its own: engines optimise small
 * functions sooner, and stop at large ones. Only generated names and numbers occur in the text; strings are literals.
 */
export const javascript = (program: LoopProgram, { isNamed }: Pick<CodeChoices, "isNamed"> = bestCode): string => {
  const { blocks } = program;
  return [
    "(() => {",
    ...blocks.map((block, i) => printBlock(block, i, newHoist(isNamed))),
    "return {",
    ...programParts(program, []),
    `run: (M, L, d, o) => {\n${blocks.map((_, i) => `block${i}(M, L, d, o);`).join("\n")}\n},`,
    "};",
    "})()",
  ].join("\n");
};

const printBlock = ({ body }: Block, i: number, hoist: Hoist): string => {
  const text = printLoops(body, hoist);
  return `function block${i}(M, L, d, o) {\n${declarations(hoist).join("\n")}\n${text}\n}`;
};

const declarations = (hoist: Hoist): ReadonlyArray<string> =>
  hoist.constants().map(({ name, value }) => `const ${name} = ${integerText(value)};`);

const printLoops = (loops: ReadonlyArray<Loop>, hoist: Hoist): string =>
  loops.map((loop) => printLoop(loop, hoist)).join("\n");

const printLoop = (loop: Loop, hoist: Hoist): string => {
  switch (loop.tag) {
    case "for": {
      const count = printCount(loop.extent, hoist);
      const inside = hoist.inside(loop.variable);
      const body = printLoops(loop.body, inside);
      const { variable: v } = loop;
      const head = loop.descending
        ? `for (let ${v} = ${count} - 1; ${v} >= 0; ${v}--)`
        : `for (let ${v} = 0; ${v} < ${count}; ${v}++)`;
      return `${head} {\n${[...declarations(inside), body].join("\n")}\n}`;
    }
    case "if": {
      const otherwise = loop.else.length === 0 ? "" : ` else {\n${printLoops(loop.else, hoist)}\n}`;
      return `if (${truth(loop.condition, hoist)}) {\n${printLoops(loop.then, hoist)}\n}${otherwise}`;
    }
    case "let":
      return `const ${loop.name} = ${value(loop.value, hoist)};`;
    case "letInteger":
      return `const ${loop.name} = ${value(loop.value, hoist)} | 0;`;
    case "accumulator":
      return `let ${loop.name} = ${loop.initial === Number.NEGATIVE_INFINITY ? "-Infinity" : loop.initial};`;
    case "accumulate":
      return loop.fn === "sum"
        ? `${loop.name} += ${value(loop.value, hoist)};`
        : `${loop.name} = Math.max(${loop.name}, ${value(loop.value, hoist)});`;
    case "store": {
      const at = `M[${integerText(hoist.address(loop.buffer, loop.index, 1))}]`;
      const stored = value(loop.value, hoist);
      return loop.mode === "set"
        ? `${at} = ${stored};`
        : loop.mode === "sum"
          ? `${at} += ${stored};`
          : `${at} = Math.max(${at}, ${stored});`;
    }
    case "product":
      return printProduct(loop, hoist);
  }
};

const printCount = (count: Count, hoist: Hoist): string =>
  count.tag === "size"
    ? integerText(hoist.size(count.size))
    : `L[${count.table}][${integerText(hoist.integer(count.index))}]`;

const printProduct = ({ left, right, result, m, n, k, accumulate }: Product, hoist: Hoist): string => {
  const start = (view: { readonly buffer: number; readonly index: Index }) =>
    integerText(hoist.address(view.buffer, view.index, 1));
  const size = (s: Size) => integerText(hoist.size(s));
  const operands = [
    [start(left), size(m.left), size(k.left)],
    [start(right), size(k.right), size(n.right)],
    [start(result), size(m.result), size(n.result)],
    [size(m.extent), size(n.extent), size(k.extent)],
  ];
  return `product(M, ${operands.flat().join(", ")}, ${accumulate});`;
};

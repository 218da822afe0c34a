import type { Block, Count, Index, Loop, LoopProgram, Product } from "../schedule/loops.ts";
import { segmentDims } from "../schedule/segments/dims.ts";
import { runsOf } from "../schedule/segments/runs.ts";
import type { Size } from "../schedule/size.ts";
import { bestCode, type CodeChoices } from "./choices.ts";
import { type Hoist, integerText, newHoist } from "./hoist.ts";
import { truth, value } from "./javascript-scalar.ts";
import { programParts, segmentedDims } from "./program-parts.ts";

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
    `run: (M, L, ${program.segments === undefined ? "d" : "e"}, o) => {\n${printRun(program)}\n},`,
    "};",
    "})()",
  ].join("\n");
};

/** The blocks one after the other, those of a pass in turn for each segment. */
const printRun = ({ blocks, lengths, segments }: LoopProgram): string => {
  const call = (at: number) => `block${at}(M, L, d, o);`;
  if (segments === undefined) return blocks.map((_, i) => call(i)).join("\n");
  const { segments: count, start, count: positions, number } = segmentDims(lengths);
  const { dimension, length } = segments;
  const passes = runsOf(blocks).map(({ pass, members }) => {
    const calls = members.map(call).join("\n");
    if (pass === undefined) return calls;
    const head = pass.backwards ? `let s = d[${count}] - 1; s >= 0; s--` : `let s = 0; s < d[${count}]; s++`;
    return `for (${head}) {
d[${number}] = s;
d[${start}] = s * ${length};
d[${positions}] = Math.min(${length}, d[${dimension}] - d[${start}]);
${calls}
}`;
  });
  return [`const d = ${segmentedDims(segments)};`, ...passes].join("\n");
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

const printProduct = ({ left, right, result, m, n, k, accumulate, fromEnd }: Product, hoist: Hoist): string => {
  const start = (view: { readonly buffer: number; readonly index: Index }) =>
    integerText(hoist.address(view.buffer, view.index, 1));
  const size = (s: Size) => integerText(hoist.size(s));
  const terms = size(k.extent);
  const first = (view: Product["left"], step: string) =>
    fromEnd ? `${start(view)} + (${terms} - 1) * ${step}` : start(view);
  const step = (size: string) => (fromEnd ? `-${size}` : size);
  const [leftStep, rightStep] = [size(k.left), size(k.right)];
  const operands = [
    [first(left, leftStep), size(m.left), step(leftStep)],
    [first(right, rightStep), step(rightStep), size(n.right)],
    [start(result), size(m.result), size(n.result)],
    [size(m.extent), size(n.extent), terms],
  ];
  return `product(M, ${operands.flat().join(", ")}, ${accumulate});`;
};

import type { Block, Buffer, Count, Index, Loop, LoopProgram, Product, Slot } from "../schedule/loops.ts";
import type { Size } from "../schedule/size.ts";
import { type Names, newNames } from "./javascript-names.ts";
import { truth, value } from "./javascript-scalar.ts";
import { literal } from "./literal.ts";

/**
 * Prints a loop program as a JavaScript expression that evaluates to a `Program` (interface.ts). It speaks of the
 * functions in `kernels/`, which stand once in a module. Each block is a function of its own: engines optimise small
 * functions sooner, and stop at large ones. Only generated names and numbers occur in the text; strings are literals.
 */
export const javascript = (program: LoopProgram): string => {
  const { lengths, buffers, leaves, results, blocks } = program;
  return [
    "(() => {",
    ...blocks.map((block, i) => printBlock(block, i)),
    "return {",
    `lengths: ${literal(lengths)},`,
    `plan: (d) => {\nconst offsets = [];\nlet size = 0;\n${buffers.map(printBuffer).join("\n")}\nreturn { offsets, size };\n},`,
    `leaves: ${literal(leaves.map((leaf) => ({ kind: leaf.kind, ...slot(leaf, lengths) })))},`,
    `results: ${literal(results.map((result) => ({ role: result.role, ...slot(result, lengths) })))},`,
    `run: (M, L, d, o) => {\n${blocks.map((_, i) => `block${i}(M, L, d, o);`).join("\n")}\n},`,
    "};",
    "})()",
  ].join("\n");
};

/** A buffer begins at a multiple of 4 elements; its offset is that of position 1, after the rows of its pad. */
const printBuffer = ({ rows, front, back, rowSize }: Buffer): string => {
  const count = front + back === 0 ? sizeText(rows) : `(${sizeText(rows)} + ${front + back})`;
  const start = front === 0 ? "size" : `size + ${front} * ${sizeText(rowSize)}`;
  return `offsets.push(${start});\nsize += Math.ceil((${count} * ${sizeText(rowSize)}) / 4) * 4;`;
};

const slot = ({ name, buffer, axes }: Slot, lengths: ReadonlyArray<string>) => ({
  name,
  buffer,
  extents: axes.map(({ extent }) =>
    extent.dims[0] === undefined ? extent.factor : (["batch", ...lengths][extent.dims[0]] ?? ""),
  ),
  axes: axes.map((axis) => axis.name),
});

export const sizeText = ({ factor, dims }: Size): string =>
  dims.length === 0
    ? String(factor)
    : [...(factor === 1 ? [] : [String(factor)]), ...dims.map((d) => `d[${d}]`)].join(" * ");

const printBlock = ({ title, body }: Block, i: number): string => {
  const names = newNames();
  const text = printLoops(body, names);
  return `// ${title.replaceAll(/[^\w ,∂.]/gu, "")}\nfunction block${i}(M, L, d, o) {\n${names.declarations().join("\n")}\n${text}\n}`;
};

const printLoops = (loops: ReadonlyArray<Loop>, names: Names): string =>
  loops.map((loop) => printLoop(loop, names)).join("\n");

const printLoop = (loop: Loop, names: Names): string => {
  switch (loop.tag) {
    case "for": {
      const count = printCount(loop.extent, names);
      const inside = names.inside(loop.variable);
      const body = printLoops(loop.body, inside);
      const { variable: v } = loop;
      const head = loop.descending
        ? `for (let ${v} = ${count} - 1; ${v} >= 0; ${v}--)`
        : `for (let ${v} = 0; ${v} < ${count}; ${v}++)`;
      return `${head} {\n${[...inside.declarations(), body].join("\n")}\n}`;
    }
    case "if": {
      const otherwise = loop.else.length === 0 ? "" : ` else {\n${printLoops(loop.else, names)}\n}`;
      return `if (${truth(loop.condition, names)}) {\n${printLoops(loop.then, names)}\n}${otherwise}`;
    }
    case "let":
      return `const ${loop.name} = ${value(loop.value, names)};`;
    case "letInteger":
      return `const ${loop.name} = ${value(loop.value, names)} | 0;`;
    case "accumulator":
      return `let ${loop.name} = ${loop.initial === Number.NEGATIVE_INFINITY ? "-Infinity" : loop.initial};`;
    case "accumulate":
      return loop.fn === "sum"
        ? `${loop.name} += ${value(loop.value, names)};`
        : `${loop.name} = Math.max(${loop.name}, ${value(loop.value, names)});`;
    case "store": {
      const at = `M[${names.index(loop.buffer, loop.index)}]`;
      const stored = value(loop.value, names);
      return loop.mode === "set"
        ? `${at} = ${stored};`
        : loop.mode === "sum"
          ? `${at} += ${stored};`
          : `${at} = Math.max(${at}, ${stored});`;
    }
    case "product":
      return printProduct(loop, names);
  }
};

const printCount = (count: Count, names: Names): string =>
  count.tag === "size" ? names.size(count.size) : `L[${count.table}][${names.integer(count.index)}]`;

const printProduct = ({ left, right, result, m, n, k, accumulate }: Product, names: Names): string => {
  const start = (view: { readonly buffer: number; readonly index: Index }) => names.index(view.buffer, view.index);
  const size = (s: Size) => names.size(s);
  const operands = [
    [start(left), size(m.left), size(k.left)],
    [start(right), size(k.right), size(n.right)],
    [start(result), size(m.result), size(n.result)],
    [size(m.extent), size(n.extent), size(k.extent)],
  ];
  return `product(M, ${operands.flat().join(", ")}, ${accumulate});`;
};

import type { Block, BufferId, Count, Loop, LoopProgram, Product, Scalar, View } from "../../loops/loops.ts";
import { segmentDims } from "../../loops/segments/dims.ts";
import { runsOf } from "../../loops/segments/runs.ts";
import type { Size } from "../../loops/size.ts";
import type { Precision } from "../../runtime/interface.ts";
import { integerText } from "../hoist.ts";
import { programObject, segmentedDims } from "../program-object.ts";
import { bestJavaScript, type JavaScriptChoices } from "./choices.ts";
import { type Inlined, type Names, newNames } from "./names.ts";
import { truth, value } from "./scalar.ts";

/**
 * Prints a loop program as a JavaScript expression that evaluates to a `Program` (program.ts). It speaks of the
 * functions in `kernels/`, which stand once in a module. Each block is a function of its own: engines optimise small
 * functions sooner, and stop at large ones. Only generated names and numbers occur in the text; strings are literals.
 */
export const javascript = (
  program: LoopProgram,
  precision: Precision,
  code: JavaScriptChoices = bestJavaScript,
  isLabelled = false,
): string => {
  const { blocks } = program;
  const parameters = doublesOf(program).length === 0 ? "M, L, d, o" : "M, L, d, o, D";
  return [
    "(() => {",
    ...blocks.map(
      (block, i) =>
        `function block${i}(${parameters}) {\n${printBody(block, newNames(program, block, precision, code, isLabelled))}\n}`,
    ),
    "return {",
    ...programObject(program, []),
    `run: (M, L, ${program.segments === undefined ? "d" : "e"}, o) => {\n${printRun(program, parameters)}\n},`,
    "};",
    "})()",
  ].join("\n");
};

/** The buffers of double precision in an arena of single. */
const doublesOf = ({ buffers }: LoopProgram): ReadonlyArray<BufferId> =>
  buffers.flatMap(({ isDouble }, id) => (isDouble ? [id] : []));

/** The blocks one after the other, those of a pass in turn for each segment. */
const printRun = (program: LoopProgram, parameters: string): string => {
  const { blocks, lengths, segments } = program;
  const call = (at: number) => `block${at}(${parameters});`;
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
  return [`const d = ${segmentedDims(segments)};`, ...doubleArena(doublesOf(program)), ...passes].join("\n");
};

/** The arena as doubles; the offsets of buffers in it count those. */
const doubleArena = (doubles: ReadonlyArray<BufferId>): ReadonlyArray<string> =>
  doubles.length === 0
    ? []
    : [
        "const D = new Float64Array(M.buffer, M.byteOffset, M.length / 2);",
        "o = [...o];",
        ...doubles.map((buffer) => `o[${buffer}] /= 2;`),
      ];

const printBody = ({ body }: Block, names: Names): string => {
  const loops = printLoops(body, names);
  return [...declarations(names), loops].join("\n");
};

const declarations = (names: Names): ReadonlyArray<string> =>
  names.constants().map(({ name, value }) => `const ${name} = ${integerText(value)};`);

/** One statement after the other; a value that only the next one reads is written there. */
const printLoops = (loops: ReadonlyArray<Loop>, names: Names): string => {
  const once = names.code.readOnce(loops);
  const lines: string[] = [];
  const inlined = new Map<string, Inlined>();
  const known = names.knowing(inlined);
  for (const loop of loops) {
    const text = loop.tag === "let" && once.has(loop.name) ? rounded(loop.value, known) : undefined;
    if (loop.tag === "let" && text !== undefined && text.length <= longestInlined)
      inlined.set(loop.name, { text, unrounded: value(loop.value, known) });
    else lines.push(printLoop(loop, known));
  }
  return lines.join("\n");
};

/** So that what is printed can be read. */
const longestInlined = 120;

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
      const packed = (names.packing.before.get(loop) ?? []).map((product) => printPacked(product, names));
      return [...packed, `${head} {`, ...declarations(inside), body, "}"].join("\n");
    }
    case "if": {
      const otherwise = loop.else.length === 0 ? "" : ` else {\n${printLoops(loop.else, names)}\n}`;
      return `if (${truth(loop.condition, names)}) {\n${printLoops(loop.then, names)}\n}${otherwise}`;
    }
    case "let":
      return `const ${loop.name} = ${rounded(loop.value, names)};`;
    case "letInteger":
      return `const ${loop.name} = ${value(loop.value, names)} | 0;`;
    case "accumulator":
      return `let ${loop.name} = ${loop.initial === Number.NEGATIVE_INFINITY ? "-Infinity" : loop.initial};`;
    case "accumulate":
      return loop.fn === "sum"
        ? `${loop.name} += ${value(loop.value, names)};`
        : `${loop.name} = Math.max(${loop.name}, ${value(loop.value, names)});`;
    case "store":
      return `${printStore(loop, names)}${names.label(loop.buffer)}`;
    case "product":
      return `${printProduct(loop, names)}${names.label(loop.result.buffer)}`;
  }
};

const printStore = (loop: Extract<Loop, { tag: "store" }>, names: Names): string => {
  const arena = names.arena(loop.buffer);
  const at = `${arena}[${names.place(loop.buffer, loop.index)}]`;
  if (loop.mode === "set" && loop.value.tag === "local" && arena === "M")
    return `${at} = ${names.stored(loop.value.name)};`;
  const stored = value(loop.value, names);
  return loop.mode === "set"
    ? `${at} = ${stored};`
    : loop.mode === "sum"
      ? `${at} += ${stored};`
      : `${at} = Math.max(${at}, ${stored});`;
};

/** What the arena holds is of the precision already. */
const rounded = (scalar: Scalar, names: Names): string => {
  const text = value(scalar, names);
  return scalar.tag === "load" && names.arena(scalar.buffer) === "M" ? text : names.rounded(text);
};

const printCount = (count: Count, { size, integer }: Names): string =>
  count.tag === "size" ? integerText(size(count.size)) : `L[${count.table}][${integerText(integer(count.index))}]`;

const printProduct = (product: Product, names: Names): string => {
  const { result, m, n, accumulate } = product;
  const { left, right, start, size } = operandsOf(product, names);
  const stretch = names.packing.stretchOf.get(product);
  const operands = [
    ...[left.first, size(m.left), left.step],
    ...[right.first, right.step, size(n.right)],
    ...[names.arena(result.buffer), start(result), size(m.result), size(n.result)],
    ...[size(m.extent), size(n.extent), size(product.k.extent), accumulate],
    ...(stretch === undefined ? [] : [`p${stretch}`]),
  ];
  return `${names.code.productKernel}(M, ${operands.join(", ")});`;
};

/** Each has a place of its own. */
const printPacked = (product: Product, names: Names): string => {
  const { m, n, k } = product;
  const stretch = names.packing.stretchOf.get(product)!;
  const { right, size } = operandsOf(product, names);
  const extents = [m, n, k].map(({ extent }) => size(extent));
  const place = [stretch, names.packing.stretchOf.size];
  return `const p${stretch} = keptPanels(M, ${[right.first, right.step, size(n.right), ...extents, ...place].join(", ")});`;
};

/** Where the first term of a product's sums stands in each operand, and how far the next one is. */
const operandsOf = ({ left, right, k, fromEnd }: Product, names: Names) => {
  const start = ({ buffer, index }: View) => names.place(buffer, index);
  const size = (s: Size) => integerText(names.size(s));
  const terms = size(k.extent);
  const operand = (view: View, step: string) => ({
    first: fromEnd ? `${start(view)} + (${terms} - 1) * ${step}` : start(view),
    step: fromEnd ? `-${step}` : step,
  });
  return { left: operand(left, size(k.left)), right: operand(right, size(k.right)), start, size };
};

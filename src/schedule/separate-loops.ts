import { accessesIn } from "./lifetime.ts";
import type { Loop, LoopProgram, Scalar } from "./loops.ts";
import { operandsOf } from "./scalar-parts.ts";

type For = Extract<Loop, { tag: "for" }>;

/**
 * Gives statements over the same components that have nothing to do with each other loops of their own, such as the
 * updates of parameters of one shape: one loop reads few streams of memory, and equal ones can be one function.
 */
export const separateLoops = (program: LoopProgram): LoopProgram => ({
  ...program,
  blocks: program.blocks.map((block) => ({ ...block, body: block.body.flatMap(separated) })),
});

const separated = (loop: Loop): ReadonlyArray<Loop> => {
  if (loop.tag === "if") return [{ ...loop, then: loop.then.flatMap(separated), else: loop.else.flatMap(separated) }];
  if (loop.tag !== "for") return [loop];
  const body = loop.body.flatMap(separated);
  const isOverComponents = loop.extent.tag === "size" && loop.extent.size.dims.length === 0;
  const parts = isOverComponents && body.length > 1 ? partsOf({ ...loop, body }) : [body];
  return parts.map((part) => ({ ...loop, body: part }));
};

/** The statements of a loop's body, those together that share anything, in their order. */
const partsOf = ({ variable, body }: For): ReadonlyArray<ReadonlyArray<Loop>> => {
  const defined = new Set(body.flatMap((loop) => ("name" in loop && loop.tag !== "accumulate" ? [loop.name] : [])));
  const written = new Set(
    body.flatMap((loop) => accessesIn(loop).flatMap(({ buffer, writes }) => (writes ? [buffer] : []))),
  );
  /** By what is shared, the part that has it; parts that come to share something become one. */
  const partOf = new Map<string, Set<number>>();
  const parts = new Map<number, Set<number>>();
  body.forEach((loop, at) => {
    const touched = accessesIn(loop).filter(
      ({ buffer, index }) => written.has(buffer) || index.terms.some((term) => term.variable === variable),
    );
    const shared = [...namesIn(loop).filter((name) => defined.has(name)), ...touched.map(({ buffer }) => `${buffer}`)];
    const part = new Set([at]);
    for (const thing of shared) for (const member of partOf.get(thing) ?? []) part.add(member);
    for (const member of part) for (const other of parts.get(member) ?? []) part.add(other);
    for (const member of part) parts.set(member, part);
    for (const thing of shared) partOf.set(thing, part);
  });
  return [...new Set(parts.values())].map((part) => [...part].sort((a, b) => a - b).map((at) => body[at]!));
};

/** The names that a statement gives or speaks of, of numbers and of integers. */
const namesIn = (loop: Loop): ReadonlyArray<string> => {
  const variables = accessesIn(loop).flatMap(({ index }) => index.terms.map(({ variable }) => variable));
  switch (loop.tag) {
    case "for":
      return [...variables, ...integersOf(loop), ...loop.body.flatMap(namesIn)];
    case "if":
      return [...variables, ...namesOf(loop.condition), ...[...loop.then, ...loop.else].flatMap(namesIn)];
    case "let":
    case "letInteger":
    case "accumulate":
      return [loop.name, ...variables, ...namesOf(loop.value)];
    case "accumulator":
      return [loop.name];
    case "store":
      return [...variables, ...namesOf(loop.value)];
    case "product":
      return variables;
  }
};

const integersOf = ({ extent }: For): ReadonlyArray<string> =>
  extent.tag === "length" ? extent.index.terms.map(({ variable }) => variable) : [];

const namesOf = (scalar: Scalar): ReadonlyArray<string> => [
  ...(scalar.tag === "local" ? [scalar.name] : []),
  ...("index" in scalar ? scalar.index.terms.map(({ variable }) => variable) : []),
  ...operandsOf(scalar).flatMap(namesOf),
];

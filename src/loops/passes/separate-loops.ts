import { innerOf } from "../inner.ts";
import type { BufferId, For, Index, Loop, LoopProgram, Scalar } from "../loops.ts";
import { accessesIn } from "../memory/lifetime.ts";
import { operandsOf } from "../operands.ts";
import type { LoopPass } from "./pass.ts";

/**
 * Gives statements over the same components that have nothing to do with each other loops of their own, such as the
 * updates of parameters of one shape: one loop reads few streams of memory, and equal ones can be one function.
 */
export const separateLoops: LoopPass = {
  name: "separate-loops",
  description: "gives statements over the same components that share nothing loops of their own",
  run: (program) => separateAll(program),
};

const separateAll = (program: LoopProgram): LoopProgram => ({
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
  const given = new Set(body.flatMap(givenIn));
  const accesses = body.map((loop) => accessesIn(loop));
  const written = new Set(accesses.flat().flatMap(({ buffer, writes }) => (writes ? [buffer] : [])));
  /** By what is shared, the part that has it. */
  const partOf = new Map<string | BufferId, Set<number>>();
  const parts = new Map<number, Set<number>>();
  body.forEach((loop, at) => {
    const touched = accesses[at]!.filter(
      ({ buffer, index }) => written.has(buffer) || index.terms.some((term) => term.variable === variable),
    );
    const shared = [...namesIn(loop).filter((name) => given.has(name)), ...touched.map(({ buffer }) => buffer)];
    const joined = new Set(shared.map((thing) => partOf.get(thing)));
    const part = new Set([...[...joined].flatMap((other) => [...(other ?? [])]), at]);
    for (const member of part) parts.set(member, part);
    for (const other of partOf) if (joined.has(other[1])) partOf.set(other[0], part);
    for (const thing of shared) partOf.set(thing, part);
  });
  return [...new Set(parts.values())].map((part) => [...part].sort((a, b) => a - b).map((at) => body[at]!));
};

/** The names of what a statement computes or adds to. */
const givenIn = (loop: Loop): ReadonlyArray<string> => [
  ...("name" in loop ? [loop.name] : []),
  ...innerOf(loop).flatMap(givenIn),
];

/** The names that a statement gives or speaks of, of numbers and of integers. */
const namesIn = (loop: Loop): ReadonlyArray<string> => {
  switch (loop.tag) {
    case "for":
      return [...integersOf(loop), ...innerOf(loop).flatMap(namesIn)];
    case "if":
      return [...namesOf(loop.condition), ...innerOf(loop).flatMap(namesIn)];
    case "let":
    case "letInteger":
    case "accumulate":
      return [loop.name, ...namesOf(loop.value)];
    case "accumulator":
      return [loop.name];
    case "store":
      return [...variablesOf(loop.index), ...namesOf(loop.value)];
    case "product":
      return [loop.left, loop.right, loop.result].flatMap(({ index }) => variablesOf(index));
  }
};

const variablesOf = ({ terms }: Index): ReadonlyArray<string> => terms.map(({ variable }) => variable);

const integersOf = ({ extent }: For): ReadonlyArray<string> =>
  extent.tag === "length" ? variablesOf(extent.index) : [];

const namesOf = (scalar: Scalar): ReadonlyArray<string> => [
  ...(scalar.tag === "local" ? [scalar.name] : []),
  ...("index" in scalar ? variablesOf(scalar.index) : []),
  ...operandsOf(scalar).flatMap(namesOf),
];

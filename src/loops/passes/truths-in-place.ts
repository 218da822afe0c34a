import { isTruth } from "../../circuit/circuit.ts";
import { innerOf } from "../inner.ts";
import type { Loop, LoopProgram, Scalar } from "../loops.ts";
import { operandsOf } from "../operands.ts";
import type { LoopPass } from "./pass.ts";

/**
 * Tells a truth where it is asked for, if only one value asks and nothing is written in between: it is then never made a
 * number and compared again.
 */
export const truthsInPlace: LoopPass = {
  name: "truths-in-place",
  description: "tells a truth that only one value asks for where it is asked",
  run: (program) => {
    const reads = readsIn(program);
    return { ...program, blocks: program.blocks.map((block) => ({ ...block, body: placed(block.body, reads) })) };
  },
};

type Reads = ReadonlyMap<string, number>;
type Let = Extract<Loop, { tag: "let" }>;

const placed = (body: ReadonlyArray<Loop>, reads: Reads): ReadonlyArray<Loop> => {
  const result: Loop[] = [];
  for (const loop of body) {
    if (loop.tag !== "let") {
      result.push(inside(loop, reads));
      continue;
    }
    let whole = loop;
    for (let i = result.length - 1; i >= 0; i -= 1) {
      const earlier = result[i]!;
      if (earlier.tag !== "let") break;
      const next = inOne(earlier, whole, reads);
      if (next !== undefined) result.splice(i, 1);
      whole = next ?? whole;
    }
    result.push(whole);
  }
  return result;
};

const inside = (loop: Loop, reads: Reads): Loop => {
  if (loop.tag === "for") return { ...loop, body: placed(loop.body, reads) };
  if (loop.tag === "if") return { ...loop, then: placed(loop.then, reads), else: placed(loop.else, reads) };
  return loop;
};

/** A value with an earlier one in its place, if that is a truth that nothing else asks for. */
const inOne = ({ name, value: truth }: Let, next: Let, reads: Reads): Let | undefined => {
  const { value } = next;
  if (truth.tag !== "call" || !isTruth(truth.fn) || reads.get(name) !== 1 || value.tag !== "call") return undefined;
  const asked = value.fn === "select" ? value.operands.slice(0, 1) : isConnective(value.fn) ? value.operands : [];
  const at = asked.findIndex((operand) => operand.tag === "local" && operand.name === name);
  return at === -1 ? undefined : { ...next, value: { ...value, operands: value.operands.with(at, truth) } };
};

const isConnective = (fn: string): boolean => fn === "not" || fn === "and" || fn === "or";

/** How often each value is read in a program: names are used once. */
const readsIn = (program: LoopProgram): Reads => {
  const reads = new Map<string, number>();
  const left: Array<Scalar> = program.blocks.flatMap(({ body }) => body.flatMap(scalarsIn));
  for (let next = left.pop(); next !== undefined; next = left.pop())
    if (next.tag === "local") reads.set(next.name, (reads.get(next.name) ?? 0) + 1);
    else left.push(...operandsOf(next));
  return reads;
};

const scalarsIn = (loop: Loop): ReadonlyArray<Scalar> => [
  ...("value" in loop ? [loop.value] : loop.tag === "if" ? [loop.condition] : []),
  ...innerOf(loop).flatMap(scalarsIn),
];

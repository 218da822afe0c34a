import type { BufferId, Dimension, Loop, LoopProgram, Product, Scalar, View } from "../loops.ts";
import { operandsOf } from "../operands.ts";
import { assuming } from "./assuming.ts";
import { batchesOf, type Dims, dimsOf, numberAt, turnsOf } from "./batches.ts";
import {
  countInterval,
  exactly,
  type Integers,
  type Interval,
  indexInterval,
  plus,
  scalarInterval,
  scaledBy,
} from "./interval.ts";

/** What reads or writes outside of its buffer, in some batch. */
export const outOfRange = (program: LoopProgram): ReadonlyArray<string> => {
  const found: string[] = [];
  for (const batch of batchesOf(program)) {
    const rooms = roomsOf(program, dimsOf(program, batch));
    for (const block of program.blocks) {
      const touch = (buffer: BufferId, { low, high }: Interval): void => {
        const [room, name] = [rooms[buffer], program.buffers[buffer]?.name];
        if (room === undefined) found.push(`${block.title}: there is no buffer ${buffer}`);
        // Asked this way round, as an unknown dim is no number.
        else if (!(low >= room.low && high <= room.high))
          found.push(
            `${block.title}: ${name} is touched from ${low} to ${high}, and is from ${room.low} to ${room.high}`,
          );
      };
      for (const dims of turnsOf(program, block, batch)) inOrder(block.body, new Map(), { dims, touch });
    }
  }
  return found;
};

/** The places that each buffer has: those before it are negative. */
const roomsOf = ({ buffers }: LoopProgram, dims: Dims): ReadonlyArray<Interval> => {
  const at = numberAt(dims);
  return buffers.map(({ rows, rowSize, front, back, isDouble }) => {
    const row = at(rowSize) / (isDouble ? 2 : 1);
    return { low: -front * row, high: (at(rows) + back) * row - 1 };
  });
};

interface Trying {
  readonly dims: Dims;
  readonly touch: (buffer: BufferId, at: Interval) => void;
}

const inOrder = (loops: ReadonlyArray<Loop>, integers: Integers, trying: Trying): void => {
  let known = integers;
  for (const loop of loops) {
    inLoop(loop, known, trying);
    if (loop.tag === "letInteger") known = new Map(known).set(loop.name, given(loop.value, known, trying.dims));
  }
};

/** What an integer may be; of one that is read from data nothing is known, so that it says nothing of any range. */
const given = (value: Scalar, integers: Integers, dims: Dims): Interval => {
  const found = scalarInterval(value, integers, dims);
  return Number.isFinite(found.low) && Number.isFinite(found.high) ? found : exactly(0);
};

const inLoop = (loop: Loop, integers: Integers, trying: Trying): void => {
  const { dims, touch } = trying;
  switch (loop.tag) {
    case "for": {
      const { high } = countInterval(loop.extent, dims);
      if (high !== 0) inOrder(loop.body, new Map(integers).set(loop.variable, { low: 0, high: high - 1 }), trying);
      return;
    }
    case "if":
      inScalar(loop.condition, integers, trying);
      inBranches(loop.condition, integers, trying, (known, holds) => {
        inOrder(holds ? loop.then : loop.else, known, trying);
      });
      return;
    case "let":
    case "letInteger":
    case "accumulate":
      inScalar(loop.value, integers, trying);
      return;
    case "store":
      inScalar(loop.value, integers, trying);
      touch(loop.buffer, indexInterval(loop.index, integers, dims));
      return;
    case "product":
      inProduct(loop, integers, trying);
      return;
    case "accumulator":
      return;
  }
};

const inScalar = (scalar: Scalar, integers: Integers, trying: Trying): void => {
  if (scalar.tag === "load") trying.touch(scalar.buffer, indexInterval(scalar.index, integers, trying.dims));
  if (scalar.tag !== "choose") {
    for (const part of operandsOf(scalar)) inScalar(part, integers, trying);
    return;
  }
  inScalar(scalar.condition, integers, trying);
  inBranches(scalar.condition, integers, trying, (known, holds) => {
    inScalar(holds ? scalar.then : scalar.else, known, trying);
  });
};

/** A branch that is never taken touches nothing. */
const inBranches = (
  condition: Scalar,
  integers: Integers,
  { dims }: Trying,
  inside: (known: Integers, holds: boolean) => void,
): void => {
  for (const holds of [true, false]) {
    const known = assuming(condition, holds, integers, dims);
    if (known !== undefined) inside(known, holds);
  }
};

/** The blocks of a product's operands and of its result, from the first element to the last. */
const inProduct = ({ left, right, result, m, n, k }: Product, integers: Integers, { dims, touch }: Trying): void => {
  const at = numberAt(dims);
  const side = ({ buffer, index }: View, of: "left" | "right" | "result", own: ReadonlyArray<Dimension>): void => {
    if (own.some(({ extent }) => at(extent) === 0)) return;
    const steps = own.map((dimension) => scaledBy({ low: 0, high: at(dimension.extent) - 1 }, at(dimension[of])));
    touch(buffer, steps.reduce(plus, indexInterval(index, integers, dims)));
  };
  side(left, "left", [m, k]);
  side(right, "right", [k, n]);
  side(result, "result", [m, n]);
};

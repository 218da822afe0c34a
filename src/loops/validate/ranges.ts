import type { BufferId, Index, Loop, LoopProgram, Product, Scalar, View } from "../loops.ts";
import { operandsOf } from "../scalar-parts.ts";
import { assuming } from "./assuming.ts";
import { batchesOf, type Dims, dimsOf, numberAt, turnsOf } from "./batches.ts";
import { countInterval, type Integers, type Interval, indexInterval, scalarInterval, scaledBy } from "./interval.ts";

/** What reads or writes outside of its buffer, in some batch. */
export const outOfRange = (program: LoopProgram): ReadonlyArray<string> =>
  batchesOf(program).flatMap((batch) => {
    const rooms = roomsOf(program, dimsOf(program, batch));
    return program.blocks.flatMap((block) =>
      turnsOf(program, block, batch).flatMap((dims) =>
        touchedIn(block.body, new Map(), dims).flatMap(({ buffer, at }) => {
          const [room, name] = [rooms[buffer], program.buffers[buffer]?.name];
          if (room === undefined) return [`${block.title}: there is no buffer ${buffer}`];
          // Not: whether it is outside; an unknown dim is no number.
          return at.low >= room.low && at.high <= room.high
            ? []
            : [
                `${block.title}: ${name} is touched from ${at.low} to ${at.high}, and is from ${room.low} to ${room.high}`,
              ];
        }),
      ),
    );
  });

/** The places that each buffer has: those before it are negative. */
const roomsOf = ({ buffers }: LoopProgram, dims: Dims): ReadonlyArray<Interval> => {
  const at = numberAt(dims);
  return buffers.map(({ rows, rowSize, front, back, isDouble }) => {
    const row = at(rowSize) / (isDouble ? 2 : 1);
    return { low: -front * row, high: (at(rows) + back) * row - 1 };
  });
};

interface Touched {
  readonly buffer: BufferId;
  readonly at: Interval;
}

const touchedIn = (loops: ReadonlyArray<Loop>, integers: Integers, dims: Dims): ReadonlyArray<Touched> => {
  const found: Touched[] = [];
  let known = integers;
  for (const loop of loops) {
    for (const touched of touchedBy(loop, known, dims)) found.push(touched);
    if (loop.tag === "letInteger") known = new Map([...known, [loop.name, given(loop.value, known, dims)]]);
  }
  return found;
};

/** What an integer may be; of one that is read from data nothing is known, so that it says nothing of any range. */
const given = (value: Scalar, integers: Integers, dims: Dims): Interval => {
  const found = scalarInterval(value, integers, dims);
  return Number.isFinite(found.low) && Number.isFinite(found.high) ? found : { low: 0, high: 0 };
};

const touchedBy = (loop: Loop, integers: Integers, dims: Dims): ReadonlyArray<Touched> => {
  const place = ({ buffer, index }: { readonly buffer: BufferId; readonly index: Index }): Touched => ({
    buffer,
    at: indexInterval(index, integers, dims),
  });
  switch (loop.tag) {
    case "for": {
      const { high } = countInterval(loop.extent, dims);
      const inside = new Map([...integers, [loop.variable, { low: 0, high: high - 1 }]]);
      return high === 0 ? [] : touchedIn(loop.body, inside, dims);
    }
    case "if":
      return [
        ...readBy(loop.condition, integers, dims),
        ...branch(loop.condition, true, integers, dims, (known) => touchedIn(loop.then, known, dims)),
        ...branch(loop.condition, false, integers, dims, (known) => touchedIn(loop.else, known, dims)),
      ];
    case "let":
    case "letInteger":
    case "accumulate":
      return readBy(loop.value, integers, dims);
    case "store":
      return [...readBy(loop.value, integers, dims), place(loop)];
    case "product":
      return blocksOf(loop, integers, dims);
    case "accumulator":
      return [];
  }
};

const branch = (
  condition: Scalar,
  holds: boolean,
  integers: Integers,
  dims: Dims,
  inside: (known: Integers) => ReadonlyArray<Touched>,
): ReadonlyArray<Touched> => {
  const known = assuming(condition, holds, integers, dims);
  return known === undefined ? [] : inside(known);
};

const readBy = (scalar: Scalar, integers: Integers, dims: Dims): ReadonlyArray<Touched> => {
  if (scalar.tag === "load") return [{ buffer: scalar.buffer, at: indexInterval(scalar.index, integers, dims) }];
  if (scalar.tag !== "choose") return operandsOf(scalar).flatMap((part) => readBy(part, integers, dims));
  const { condition } = scalar;
  return [
    ...readBy(condition, integers, dims),
    ...branch(condition, true, integers, dims, (known) => readBy(scalar.then, known, dims)),
    ...branch(condition, false, integers, dims, (known) => readBy(scalar.else, known, dims)),
  ];
};

/** The blocks of a product's operands and of its result, from the first element to the last. */
const blocksOf = (
  { left, right, result, m, n, k }: Product,
  integers: Integers,
  dims: Dims,
): ReadonlyArray<Touched> => {
  const at = numberAt(dims);
  const side = ({ buffer, index }: View, of: "left" | "right" | "result"): ReadonlyArray<Touched> => {
    const own = { left: [m, k], right: [k, n], result: [m, n] }[of];
    if (own.some(({ extent }) => at(extent) === 0)) return [];
    const steps = own.map((dimension) => scaledBy({ low: 0, high: at(dimension.extent) - 1 }, at(dimension[of])));
    const first = indexInterval(index, integers, dims);
    return [
      {
        buffer,
        at: steps.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), first),
      },
    ];
  };
  return [...side(left, "left"), ...side(right, "right"), ...side(result, "result")];
};

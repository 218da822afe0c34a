import type { BufferId, Index, Loop, Product, Scalar } from "../loops.ts";
import { operandsOf } from "../operands.ts";
import { type Dims, numberAt } from "./batches.ts";
import { touchesBuffer } from "./touches.ts";

/**
 * Whether a statement that is done with one buffer, and begins another in the same place, takes an element of either
 * for one of the other: it is followed turn by turn, element by element. Both begin at the same place.
 */
export const clobbers = (loop: Loop, dims: Dims, old: BufferId, next: BufferId): boolean => {
  /** By place, whose value stands there; where nothing stands in the map it is the old one's. */
  const owners = new Map<number, BufferId>();
  let isWrong = false;
  const touch = (buffer: BufferId, place: number, writes: boolean): void => {
    if (buffer !== old && buffer !== next) return;
    const owner = owners.get(place) ?? old;
    // The next one's values are needed after the statement: none of the old may come upon them.
    if (writes && buffer === old && owner === next) isWrong = true;
    if (writes) owners.set(place, buffer);
    else if (owner !== buffer) isWrong = true;
  };
  follow(loop, { dims, at: numberAt(dims), touch, of: [old, next] }, new Map());
  return isWrong;
};

/** Whether a statement reads an element of a buffer that it has not written before. */
export const readsFirst = (loop: Loop, dims: Dims, buffer: BufferId): boolean => clobbers(loop, dims, nobody, buffer);

const nobody: BufferId = -1;

interface Following {
  readonly dims: Dims;
  readonly at: ReturnType<typeof numberAt>;
  readonly touch: (buffer: BufferId, place: number, writes: boolean) => void;
  readonly of: ReadonlyArray<BufferId>;
}

type Integers = ReadonlyMap<string, number>;

/** Examples are as long as can be, but for every second one. */
const lengthAt = ({ dims }: Following, table: number, entry: number): number =>
  Math.max(0, dims[1 + table]! - (entry % 2));

const placeOf = ({ at }: Following, { terms, constant }: Index, integers: Integers): number =>
  terms.reduce(
    (sum, { variable, stride }) => sum + (integers.get(variable) ?? 0) * at(stride),
    constant.reduce((sum, size) => sum + at(size), 0),
  );

const followAll = (loops: ReadonlyArray<Loop>, following: Following, integers: Integers): void => {
  let known = integers;
  for (const loop of loops) {
    follow(loop, following, known);
    if (loop.tag === "letInteger")
      known = new Map([...known, [loop.name, integerOf(loop.value, following, known) ?? 0]]);
  }
};

const follow = (loop: Loop, following: Following, integers: Integers): void => {
  const { at, touch, of } = following;
  switch (loop.tag) {
    case "for": {
      if (!of.some((buffer) => touchesBuffer(loop, buffer))) return;
      const { extent, variable, descending, body } = loop;
      const count =
        extent.tag === "size"
          ? at(extent.size)
          : lengthAt(following, extent.table, placeOf(following, extent.index, integers));
      for (let turn = 0; turn < count; turn += 1)
        followAll(body, following, new Map([...integers, [variable, descending ? count - 1 - turn : turn]]));
      return;
    }
    case "if": {
      followScalar(loop.condition, following, integers);
      const holds = integerOf(loop.condition, following, integers);
      if (holds !== 0) followAll(loop.then, following, integers);
      if (holds === undefined || holds === 0) followAll(loop.else, following, integers);
      return;
    }
    case "let":
    case "letInteger":
    case "accumulate":
      followScalar(loop.value, following, integers);
      return;
    case "store": {
      const place = placeOf(following, loop.index, integers);
      followScalar(loop.value, following, integers);
      if (loop.mode !== "set") touch(loop.buffer, place, false);
      touch(loop.buffer, place, true);
      return;
    }
    case "product":
      followProduct(loop, following, integers);
      return;
    case "accumulator":
      return;
  }
};

const followScalar = (scalar: Scalar, following: Following, integers: Integers): void => {
  const { touch } = following;
  if (scalar.tag === "load") touch(scalar.buffer, placeOf(following, scalar.index, integers), false);
  if (scalar.tag !== "choose") {
    for (const part of operandsOf(scalar)) followScalar(part, following, integers);
    return;
  }
  followScalar(scalar.condition, following, integers);
  const holds = integerOf(scalar.condition, following, integers);
  if (holds !== 0) followScalar(scalar.then, following, integers);
  if (holds === undefined || holds === 0) followScalar(scalar.else, following, integers);
};

/** A product reads its factors again and again while it writes its result. */
const followProduct = (product: Product, following: Following, integers: Integers): void => {
  const { left, right, result, m, n, k, accumulate } = product;
  const { at, touch } = following;
  const isOf = (buffer: BufferId): boolean => following.of.includes(buffer);
  const over = (of: "left" | "right" | "result", writes: boolean): void => {
    const { buffer, index } = product[of];
    if (!isOf(buffer)) return;
    const [outer, inner] = { left: [m, k], right: [k, n], result: [m, n] }[of] as [typeof m, typeof n];
    const first = placeOf(following, index, integers);
    for (let i = 0; i < at(outer.extent); i += 1)
      for (let j = 0; j < at(inner.extent); j += 1)
        touch(buffer, first + i * at(outer[of]) + j * at(inner[of]), writes);
  };
  const factors = (): void => {
    if ([left, right].some(({ buffer }) => isOf(buffer))) for (const of of ["left", "right"] as const) over(of, false);
  };
  factors();
  if (accumulate) over("result", false);
  over("result", true);
  if (result.buffer !== left.buffer && result.buffer !== right.buffer) factors();
};

/** What a number is that is made of integers; undefined where data decide. A condition that does not hold is 0. */
const integerOf = (scalar: Scalar, following: Following, integers: Integers): number | undefined => {
  switch (scalar.tag) {
    case "number":
      return scalar.value;
    case "size":
      return following.at(scalar.size);
    case "length":
      return lengthAt(following, scalar.table, placeOf(following, scalar.index, integers));
    case "indexValue":
      return placeOf(following, scalar.index, integers);
    case "local":
      return integers.get(scalar.name);
    case "call": {
      const [one, other] = scalar.operands.map((part) => integerOf(part, following, integers));
      if (one === undefined || (other === undefined && scalar.operands.length > 1)) return undefined;
      const compute = integerFunctions[scalar.fn];
      return compute?.(one, other ?? 0);
    }
    case "choose":
    case "load":
      return undefined;
  }
};

const integerFunctions: Readonly<Record<string, (one: number, other: number) => number>> = {
  add: (one, other) => one + other,
  sub: (one, other) => one - other,
  less: (one, other) => Number(one < other),
  lessEqual: (one, other) => Number(one <= other),
  equal: (one, other) => Number(one === other),
  not: (one) => Number(one === 0),
  and: (one, other) => Number(one !== 0 && other !== 0),
  or: (one, other) => Number(one !== 0 || other !== 0),
};

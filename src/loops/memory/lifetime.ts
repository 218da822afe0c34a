import type { BufferId, For, Index, Loop, LoopProgram, Scalar } from "../loops.ts";
import { loadsIn } from "../operands.ts";

/** One place in a buffer that a statement reads or writes, or a block of a product that begins there. */
export interface Access {
  readonly buffer: BufferId;
  readonly index: Index;
  readonly writes: boolean;
  readonly isBlock: boolean;
  /** The loops around it, from the one that was asked about inwards. */
  readonly around: ReadonlyArray<For>;
}

/** The first and the last of a program's outermost statements, counted through its blocks, in which a buffer matters. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface Lifetimes {
  /** By buffer. A caller's data stand from before the beginning to after the end, a result from its first value on. */
  readonly spans: ReadonlyArray<Span>;
  /** The outermost statements of all blocks, with what they touch. */
  readonly statements: ReadonlyArray<{ readonly loop: Loop; readonly accesses: ReadonlyArray<Access> }>;
}

export const lifetimesOf = (program: LoopProgram): Lifetimes => {
  const { blocks, buffers, leaves, results, segments } = program;
  const statements = blocks.flatMap(({ body }) => body.map((loop) => ({ loop, accesses: accessesIn(loop) })));
  const touching = buffers.map((): number[] => []);
  statements.forEach(({ accesses }, at) => {
    for (const { buffer } of accesses) touching[buffer]!.push(at);
  });
  const given = new Set(leaves.map(({ buffer }) => buffer));
  const wanted = new Set(results.map(({ buffer }) => buffer));
  const passes = passesOf(program);
  const spans = touching.map((places, buffer) => {
    const first = given.has(buffer) ? -1 : (places[0] ?? -1);
    const last = given.has(buffer) || wanted.has(buffer) ? Number.POSITIVE_INFINITY : (places.at(-1) ?? -1);
    const { rows, rowSize } = buffers[buffer]!;
    const isWhole = segments !== undefined && [...rows.dims, ...rowSize.dims].includes(segments.dimension);
    // What is touched outside a pass too, stands for all its segments, or brings rows from one to the next, is needed in
    // all of them.
    const within = passes.filter(
      ({ from, prepared, to }) => first <= to && last >= from && (isWhole || first < prepared || last > to),
    );
    return {
      first: Math.min(first, ...within.map(({ from }) => from)),
      last: Math.max(last, ...within.map(({ to }) => to)),
    };
  });
  return { spans, statements };
};

/** The statements of each pass over segments: from the first to the last one, and where those end that prepare a segment. */
const passesOf = ({
  blocks,
}: LoopProgram): ReadonlyArray<{ readonly from: number; readonly prepared: number; readonly to: number }> => {
  const found: Array<{ number: number; from: number; prepared: number; to: number }> = [];
  let at = 0;
  for (const { pass, body } of blocks) {
    const open = found.at(-1);
    if (pass !== undefined && open?.number === pass.number) open.to = at + body.length - 1;
    else if (pass !== undefined)
      found.push({ number: pass.number, from: at, prepared: at + body.length, to: at + body.length - 1 });
    at += body.length;
  }
  return found;
};

/** All that a loop and those inside it touch, in the order of the text: operands before what is made of them. */
export const accessesIn = (loop: Loop): ReadonlyArray<Access> => {
  const found: Access[] = [];
  collect(loop, [], found);
  return found;
};

const collect = (loop: Loop, around: Access["around"], found: Access[]): void => {
  const read = (scalar: Scalar): void => {
    for (const { buffer, index } of loadsIn(scalar))
      found.push({ buffer, index, writes: false, isBlock: false, around });
  };
  switch (loop.tag) {
    case "for": {
      const inside = [...around, loop];
      for (const inner of loop.body) collect(inner, inside, found);
      return;
    }
    case "if":
      read(loop.condition);
      for (const inner of [...loop.then, ...loop.else]) collect(inner, around, found);
      return;
    case "let":
    case "letInteger":
    case "accumulate":
      read(loop.value);
      return;
    case "accumulator":
      return;
    case "store": {
      const { buffer, index } = loop;
      read(loop.value);
      found.push({ buffer, index, writes: true, isBlock: false, around });
      return;
    }
    case "product":
      found.push(
        { ...loop.left, writes: false, isBlock: true, around },
        { ...loop.right, writes: false, isBlock: true, around },
        { ...loop.result, writes: true, isBlock: true, around },
      );
  }
};

/** What a loop and those inside it touch of one buffer. A loop is asked about often, so its accesses are sorted once. */
export const accessesTo = (loop: Loop, buffer: BufferId): ReadonlyArray<Access> =>
  remembered(byBuffer, loop, () => grouped(accessesIn(loop).map((access) => [access.buffer, access]))).get(buffer) ??
  [];

/** Which of some statements touch a buffer, by their numbers. */
export const touching = (statements: ReadonlyArray<Loop>, buffer: BufferId): ReadonlyArray<number> =>
  remembered(places, statements, () =>
    grouped(
      statements.flatMap((loop, at) =>
        [...new Set(accessesIn(loop).map((access) => access.buffer))].map((touched) => [touched, at] as const),
      ),
    ),
  ).get(buffer) ?? [];

const byBuffer = new WeakMap<Loop, ReadonlyMap<BufferId, ReadonlyArray<Access>>>();
const places = new WeakMap<ReadonlyArray<Loop>, ReadonlyMap<BufferId, ReadonlyArray<number>>>();

const remembered = <K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V => {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
};

const grouped = <A>(entries: ReadonlyArray<readonly [BufferId, A]>): ReadonlyMap<BufferId, ReadonlyArray<A>> => {
  const groups = new Map<BufferId, A[]>();
  for (const [buffer, item] of entries) {
    const group = groups.get(buffer);
    if (group === undefined) groups.set(buffer, [item]);
    else group.push(item);
  }
  return groups;
};

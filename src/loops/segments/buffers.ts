import type { Buffer, BufferId, LoopProgram } from "../loops.ts";
import { dimension, fixed, times } from "../size.ts";
import type { SegmentDims } from "./dims.ts";
import type { Need, Plan } from "./needs.ts";

export interface SegmentBuffers {
  /** Those of the program, those of one pass shortened; then what keeps rows beside segments; then sums as doubles. */
  readonly all: ReadonlyArray<Buffer>;
  readonly keptOf: (need: Pick<Need, "buffer" | "side">) => Kept | undefined;
  /** The buffer in which the sums that will stand in another add up. */
  readonly sumOf: (buffer: BufferId) => BufferId;
}

/** Where rows beside each segment are kept for a later pass, and how many of them. */
interface Kept {
  readonly buffer: BufferId;
  readonly count: number;
}

/** The buffers of a program in segments, in which some hold sums that go on from segment to segment as doubles. */
export const segmentBuffers = (
  program: LoopProgram,
  dims: SegmentDims,
  { shortIn, needs }: Plan,
  sums: ReadonlyArray<BufferId>,
): SegmentBuffers => {
  const shortened = program.buffers.map((buffer, id): Buffer => {
    if (shortIn(id) === undefined) return buffer;
    const beside = (side: Need["side"]): number => {
      const need = needs.find((each) => each.buffer === id && each.side === side);
      return need === undefined ? 0 : Math.max(need.count, buffer[side]);
    };
    return { ...buffer, rows: dimension(dims.extent), front: beside("front"), back: beside("back") };
  });
  const isKept = ({ buffer, side }: Need) => needs.some(({ from, side: other }) => from === buffer && other === side);
  const kept = needs.filter((need) => need.from === undefined && isKept(need));
  const added = kept.map(({ buffer, count }): Buffer => {
    const { name, rowSize } = program.buffers[buffer]!;
    const rows = { rows: dimension(dims.segments), rowSize: times(fixed(count), rowSize) };
    return { name: `${name} of segments`, front: 0, back: 0, ...rows };
  });
  const doubles = sums.map((buffer): Buffer => {
    const { name, rows, rowSize } = program.buffers[buffer]!;
    return {
      name: `${name} in double precision`,
      rows,
      front: 0,
      back: 0,
      rowSize: times(fixed(2), rowSize),
      isDouble: true,
    };
  });
  return {
    all: [...shortened, ...added, ...doubles],
    sumOf: (buffer) => {
      const at = sums.indexOf(buffer);
      return at === -1 ? buffer : shortened.length + added.length + at;
    },
    keptOf: ({ buffer, side }) => {
      const at = kept.findIndex((need) => need.buffer === buffer && need.side === side);
      return at === -1 ? undefined : { buffer: shortened.length + at, count: kept[at]!.count };
    },
  };
};

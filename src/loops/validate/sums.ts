import { innerOf } from "../inner.ts";
import type { Block, BufferId, For, Loop, LoopProgram, Scalar } from "../loops.ts";
import { someIn } from "../operands.ts";
import { segmentDims } from "../segments/dims.ts";
import { runsOf } from "../segments/runs.ts";
import { localsIn, scalarsOf, touchesIn, touchesOf } from "./touches.ts";

/**
 * Terms that are dropped: turns of a loop write one place, of which none reads what the one before has left there, so that
 * only the last one counts; or an accumulator to which nothing is added, or that nobody reads.
 */
export const droppedTerms = (program: LoopProgram): ReadonlyArray<string> => {
  const wanted = wantedBuffers(program);
  return [
    ...program.blocks.flatMap((block) =>
      [...block.body.flatMap((loop) => overwritten(program, wanted, loop, [])), ...idleAccumulators(block.body)].map(
        (what) => `${block.title}: ${what}`,
      ),
    ),
    ...droppedSegments(program, wanted),
  ];
};

/** What somebody reads: a value that stands in a buffer for nobody may be overwritten. */
const wantedBuffers = ({ blocks, leaves, results }: LoopProgram): ReadonlySet<BufferId> =>
  new Set([
    ...touchesOf(blocks.flatMap(({ body }) => body)).reads,
    ...[...leaves, ...results].map(({ buffer }) => buffer),
  ]);

const overwritten = (
  program: LoopProgram,
  wanted: ReadonlySet<BufferId>,
  loop: Loop,
  around: ReadonlyArray<For>,
): ReadonlyArray<string> => {
  const found = writtenBy(loop);
  const written = found !== undefined && wanted.has(found.buffer) ? found : undefined;
  const dropping = written === undefined ? undefined : around.find((turns) => isDropping(turns, written));
  return [
    ...(dropping === undefined
      ? []
      : [
          `turns of ${dropping.variable} overwrite ${program.buffers[written!.buffer]?.name}, which none of them reads`,
        ]),
    ...innerOf(loop).flatMap((inner) =>
      overwritten(program, wanted, inner, loop.tag === "for" ? [...around, loop] : around),
    ),
  ];
};

interface Written {
  readonly buffer: BufferId;
  /** The integers that tell one place from another. */
  readonly variables: ReadonlySet<string>;
  /** What is written, but for the sums of a product. */
  readonly value: Scalar | undefined;
}

/** Where a value is written that takes nothing of what was there. */
const writtenBy = (loop: Loop): Written | undefined => {
  const place =
    loop.tag === "store" && loop.mode === "set"
      ? loop
      : loop.tag === "product" && !loop.accumulate
        ? loop.result
        : undefined;
  return place === undefined
    ? undefined
    : {
        buffer: place.buffer,
        variables: new Set(place.index.terms.map(({ variable }) => variable)),
        value: loop.tag === "store" ? loop.value : undefined,
      };
};

const isDropping = (turns: For, { buffer, variables, value }: Written): boolean => {
  const isOnce = turns.extent.tag === "size" && turns.extent.size.dims.length === 0 && turns.extent.size.factor <= 1;
  if (isOnce || variables.has(turns.variable)) return false;
  const { reads, adds } = touchesIn(turns);
  // A boundary that is written once more is the same.
  return !reads.has(buffer) && (adds.has(buffer) || value === undefined || varies(value, turns));
};

/** Whether a number may be another one in each turn of a loop. */
const varies = (value: Scalar, turns: For): boolean => {
  const { sets, adds } = touchesIn(turns);
  const inside = turns.body.flatMap(all).flatMap((loop) => ("name" in loop ? [loop.name] : []));
  const given = new Set([turns.variable, ...inside]);
  const isGiven = (part: Scalar): boolean =>
    (part.tag === "local" && given.has(part.name)) ||
    ("index" in part && part.index.terms.some(({ variable }) => given.has(variable))) ||
    (part.tag === "load" && (sets.has(part.buffer) || adds.has(part.buffer)));
  return someIn(value, isGiven);
};

/** Segments are turns too. */
const droppedSegments = (
  { blocks, buffers, lengths, segments }: LoopProgram,
  wanted: ReadonlySet<BufferId>,
): ReadonlyArray<string> => {
  if (segments === undefined) return [];
  const { start, number } = segmentDims(lengths);
  return runsOf(blocks).flatMap(({ pass, members }) => {
    const own = members.map((at) => blocks[at]!);
    const { reads } = touchesOf(own.flatMap(({ body }) => body));
    return pass === undefined
      ? []
      : own.flatMap((block) =>
          writtenInside(block)
            .filter(
              ({ buffer, dims }) => wanted.has(buffer) && !reads.has(buffer) && !dims.has(start) && !dims.has(number),
            )
            .map(
              ({ buffer }) => `${block.title}: segments overwrite ${buffers[buffer]?.name}, which none of them reads`,
            ),
        );
  });
};

const writtenInside = ({
  body,
}: Block): ReadonlyArray<{ readonly buffer: BufferId; readonly dims: ReadonlySet<number> }> => {
  const inside = (loop: Loop): ReadonlyArray<{ readonly buffer: BufferId; readonly dims: ReadonlySet<number> }> => {
    const place = writtenBy(loop) === undefined ? undefined : loop.tag === "product" ? loop.result : loop;
    return place !== undefined && "index" in place
      ? [{ buffer: place.buffer, dims: new Set(place.index.constant.flatMap(({ dims }) => dims)) }]
      : innerOf(loop).flatMap(inside);
  };
  return body.flatMap(inside);
};

const idleAccumulators = (body: ReadonlyArray<Loop>): ReadonlyArray<string> =>
  body.flatMap((loop, at) => {
    if (loop.tag !== "accumulator") return branchesOf(loop).flatMap(idleAccumulators);
    const after = body.slice(at + 1).flatMap(all);
    const isFed = after.some((each) => each.tag === "accumulate" && each.name === loop.name);
    const isRead = after.some((each) => scalarsOf(each).flatMap(localsIn).includes(loop.name));
    return [...(isFed ? [] : [`nothing is added to ${loop.name}`]), ...(isRead ? [] : [`nobody reads ${loop.name}`])];
  });

const branchesOf = (loop: Loop): ReadonlyArray<ReadonlyArray<Loop>> =>
  loop.tag === "for" ? [loop.body] : loop.tag === "if" ? [loop.then, loop.else] : [];

const all = (loop: Loop): ReadonlyArray<Loop> => [loop, ...innerOf(loop).flatMap(all)];

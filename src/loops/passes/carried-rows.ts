import type { Buffer, BufferId, Index, LoopProgram } from "../loops.ts";
import { withIndices } from "../loops-indices.ts";
import { type Access, accessesTo, type Lifetimes, lifetimesOf } from "../memory/lifetime.ts";
import { rowShift, turnMakesWay, wholeRows } from "../memory/overwriting.ts";
import { fixed, type Size } from "../size.ts";
import type { LoopPass } from "./pass.ts";

/**
 * Leaves one row to each buffer that a scan writes turn by turn and reads in the same turn or the one after, before the
 * row is written again: what a recurrence merely carries, such as the adjoint of its state.
 */
export const carriedRows: LoopPass = {
  name: "carried-rows",
  description: "keeps one row of a value that no turn of a scan but its own and the next one reads",
  run: (program) => rollRows(program),
};

const rollRows = (program: LoopProgram): LoopProgram => {
  const { buffers, leaves, results, blocks } = program;
  const { spans, statements } = lifetimesOf(program);
  const seen = new Set([...leaves, ...results].map(({ buffer }) => buffer));
  const turnOf = new Map<BufferId, string>();
  buffers.forEach((buffer, id) => {
    const { first, last } = spans[id]!;
    if (seen.has(id) || first !== last || first < 0) return;
    const variable = carriedAlong(buffer, id, statements[first]!);
    if (variable !== undefined) turnOf.set(id, variable);
  });
  const inOneRow = (id: BufferId, index: Index): Index => {
    const variable = turnOf.get(id);
    return variable === undefined ? index : withoutRow(index, variable, buffers[id]!.rowSize);
  };
  return {
    ...program,
    buffers: buffers.map((buffer, id) => (turnOf.has(id) ? { ...buffer, rows: fixed(1) } : buffer)),
    blocks: blocks.map((block) => ({ ...block, body: block.body.map(withIndices(inOneRow)) })),
  };
};

/** The variable of the scan that carries a buffer from turn to turn in one row, if it does. */
const carriedAlong = (
  { rowSize, front, back }: Buffer,
  id: BufferId,
  { loop }: Lifetimes["statements"][number],
): string | undefined => {
  if (loop.tag !== "for" || front + back > 0) return undefined;
  const { variable } = loop;
  const before = loop.descending ? 1 : -1;
  const shiftOf = ({ index }: Access) => rowShift(index, variable, rowSize);
  const isCarried = accessesTo(loop, id).every(
    (access) => shiftOf(access) === 0 || (!access.writes && shiftOf(access) === before),
  );
  const row = {
    variable,
    rowSize,
    old: { buffer: id, isHere: (access: Access) => shiftOf(access) === before },
    next: { buffer: id, isHere: (access: Access) => shiftOf(access) === 0 },
  };
  return isCarried && turnMakesWay(loop.body, row) ? variable : undefined;
};

const withoutRow = ({ terms, constant }: Index, variable: string, rowSize: Size): Index => ({
  terms: terms.filter((term) => term.variable !== variable),
  constant: constant.filter((size) => wholeRows(size, rowSize) === 0),
});

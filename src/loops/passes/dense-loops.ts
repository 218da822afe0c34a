import { innerOf } from "../inner.ts";
import type { For, Index, Loop, LoopProgram } from "../loops.ts";
import { withIndices } from "../loops-indices.ts";
import { equalSizes, times } from "../size.ts";
import type { LoopPass } from "./pass.ts";

/**
 * Takes a loop in a loop as one where every row follows the one before in every buffer, as in the update of a matrix:
 * then there are no rows to begin and to end.
 */
export const denseLoops: LoopPass = {
  name: "dense-loops",
  description: "takes a loop in a loop as one where each row follows the one before",
  run: (program) => denseAll(program),
};

const denseAll = (program: LoopProgram): LoopProgram => ({
  ...program,
  blocks: program.blocks.map((block) => ({ ...block, body: block.body.map(dense) })),
});

const dense = (loop: Loop): Loop => {
  if (loop.tag === "if") return { ...loop, then: loop.then.map(dense), else: loop.else.map(dense) };
  if (loop.tag !== "for") return loop;
  const body = loop.body.map(dense);
  const [inner] = body;
  const whole = body.length === 1 && inner?.tag === "for" ? joined(loop, inner) : undefined;
  return whole ?? { ...loop, body };
};

const joined = (outer: For, inner: For): For | undefined => {
  if (outer.extent.tag !== "size" || inner.extent.tag !== "size" || outer.descending || inner.descending)
    return undefined;
  const [rows, columns] = [outer.extent.size, inner.extent.size];
  // Of such a sum a segment has fewer terms: it must not put others together in a vector.
  if (rows.dims.length + columns.dims.length > 0 && inner.body.some(isAddedUp)) return undefined;
  let isDense = true;
  const along = ({ terms, constant }: Index): Index => {
    const [byRow, byColumn] = [outer, inner].map(({ variable }) => terms.filter((term) => term.variable === variable));
    isDense &&=
      byRow!.length === byColumn!.length &&
      byRow!.length < 2 &&
      byRow!.every((term, i) => equalSizes(term.stride, times(byColumn![i]!.stride, columns)));
    return { terms: terms.filter(({ variable }) => variable !== outer.variable), constant };
  };
  const body = inner.body.map(withIndices((_, index) => along(index), along));
  return isDense ? { ...inner, extent: { tag: "size", size: times(rows, columns) }, body } : undefined;
};

const isAddedUp = (loop: Loop): boolean =>
  loop.tag === "accumulate" || (loop.tag === "if" && innerOf(loop).some(isAddedUp));

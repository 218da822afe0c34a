import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Buffer, BufferId } from "../../loops/loops.ts";
import { segmentDims } from "../../loops/segments/dims.ts";
import { fixed, times } from "../../loops/size.ts";
import type { Precision } from "../../runtime/interface.ts";
import type { Scheduled } from "../../schedule/schedule.ts";
import { greatest, type Polynomial, scaled, sum } from "../polynomial.ts";
import type { BufferView } from "./view.ts";

/** The buffers of a program: how large each is, and over which axes. */
export const buffersOf = (done: Scheduled, precision: Precision): ReadonlyArray<BufferView> => {
  const bytes = fixed(precision === "f32" ? 4 : 8);
  const over = axesOfBuffers(done);
  return done.program.buffers.map((buffer, id) => ({
    name: buffer.name,
    over: axesIn(done, buffer, over.get(id) ?? []),
    bytes: scaled(elementsOf(buffer), bytes),
    place: done.program.homes[id]!,
  }));
};

/** The outermost axis is only there for a segment, or for one position of each, where the buffer is. */
const axesIn = (
  { program: { lengths, segments } }: Scheduled,
  { rows }: Buffer,
  axes: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const [axis = "", ...others] = axes;
  const { extent } = segmentDims(lengths);
  return segments !== undefined && rows.dims.includes(extent) ? [`a segment of ${axis}`, ...others] : axes;
};

/** The bytes of all buffers together: a place is as long as what stands in it needs, before its first position and after. */
export const bytesOf = ({ program: { buffers, homes } }: Scheduled, precision: Precision): Polynomial => {
  const needs = [...new Set(homes)].flatMap((home) => {
    const members = buffers.filter((_, id) => homes[id] === home);
    const rowsBefore = members.map(({ front, rowSize }) => sum([times(fixed(front), rowSize)]));
    const rowsAfter = members.map(({ rows, back, rowSize }) =>
      sum([times(rows, rowSize), times(fixed(back), rowSize)]),
    );
    return [greatest(rowsBefore), greatest(rowsAfter)];
  });
  return scaled(sum(...needs), fixed(precision === "f32" ? 4 : 8));
};

/** What an axis is called: components by how many they are. */
export const axisText = (axis: Axis): string =>
  axis.tag === "feature" ? String(axis.size) : axis.tag === "batch" ? "examples" : axis.key;

const elementsOf = ({ rows, front, back, rowSize }: Buffer) =>
  sum([times(rows, rowSize)], [times(fixed(front + back), rowSize)]);

const axesOfBuffers = ({ classified, storage, program }: Scheduled): ReadonlyMap<BufferId, ReadonlyArray<string>> => {
  const placed = [...classified.live].flatMap((id: NodeId) => {
    const place = storage.placeOf(id);
    return place === undefined ? [] : [[place.buffer, place.strides.map(({ axis }) => axisText(axis))] as const];
  });
  const copied = program.results.map(
    ({ buffer, axes }) =>
      [buffer, axes.map(({ name, extent }) => (name === "" ? String(extent.factor) : name))] as const,
  );
  return new Map([...copied, ...placed]);
};

import type { Compiled } from "../../compile.ts";
import { segmentDimNames } from "../../loops/segments/dims.ts";
import { scheduled } from "../../schedule/schedule.ts";
import { buffersOf, bytesOf } from "./buffers.ts";
import { partsOf, spanOf } from "./parts.ts";
import type { ProgramName, ScheduleView } from "./view.ts";
import { totalWork } from "./work.ts";

export { scheduleJson } from "./json.ts";
export { scheduleText } from "./text.ts";
export type { ProgramName, ScheduleView } from "./view.ts";

/**
 * What a program does, in order, with its memory and its operations as formulas; undefined if the model lacks the
 * program (without a loss there is no gradient).
 */
export const scheduleOf = ({ model, circuits, choices }: Compiled, program: ProgramName): ScheduleView | undefined => {
  const circuit = circuits[program];
  if (circuit === undefined) return undefined;
  const done = scheduled(circuit, choices);
  const parts = partsOf(done);
  const buffers = buffersOf(done, model.precision);
  const { lengths, segments } = done.program;
  const dims = [lengths.includes("B") ? "batch" : "B", ...lengths];
  return {
    model: model.name,
    program,
    dims: segments === undefined ? dims : [...dims, ...segmentDimNames(segments.length, dims[segments.dimension]!)],
    ...(segments === undefined ? {} : { segments }),
    parts,
    buffers,
    work: totalWork(parts.map(({ work }) => work)),
    bytes: bytesOf(done, model.precision),
    span: spanOf(parts),
  };
};

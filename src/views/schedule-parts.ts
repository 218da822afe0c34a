import type { Axis } from "../circuit/axis.ts";
import type { Loops } from "../schedule/nest.ts";
import type { Scheduled } from "../schedule/schedule.ts";
import { extentOf } from "../schedule/size.ts";
import type { Statement } from "../schedule/statement.ts";
import { axisText } from "./schedule-buffers.ts";
import { formulaOf } from "./schedule-formula.ts";
import { type Enclosing, hoistedOf, productOf, scansAround } from "./schedule-places.ts";
import type { Part, Step, StepKind } from "./schedule-view.ts";
import { totalWork, workOf } from "./schedule-work.ts";

/** Scans, maps and single steps in the order of their execution. */
export const partsOf = (done: Scheduled): ReadonlyArray<Part> => {
  const enclosing = scansAround(done.loops);
  const visit = (item: Loops, open: ReadonlyArray<Axis>): ReadonlyArray<Part> => {
    switch (item.tag) {
      case "scan": {
        const parts = item.body.flatMap((inner) => visit(inner, [...open, item.axis]));
        const work = totalWork(parts.map((part) => part.work));
        return [{ tag: "scan", axis: item.axis.key, descending: item.descending, parts, work }];
      }
      case "nest": {
        const steps = item.groups
          .flatMap(({ members }) => members)
          .filter((statement) => isDone(done, statement))
          .map((statement) => stepOf(done, enclosing, statement));
        if (steps.length === 0) return [];
        const work = totalWork(steps.map((step) => step.work));
        return [{ tag: "map", over: item.outer.map(axisText), steps, work }];
      }
      case "alone": {
        const step = stepOf(done, enclosing, item.statement);
        return [{ tag: "alone", step, work: step.work }];
      }
    }
  };
  return done.loops.flatMap((item) => visit(item, []));
};

/** A result whose value stands already where it is expected is no step. */
const isDone = ({ storage }: Scheduled, statement: Statement): boolean =>
  statement.tag !== "result" || storage.resultPlaceOf(statement.id) !== undefined;

const stepOf = (done: Scheduled, enclosing: Enclosing, statement: Statement): Step => {
  const { classified, storage, program } = done;
  const place =
    statement.tag === "result"
      ? storage.resultPlaceOf(statement.id)
      : storage.placeOf(statement.tag === "boundary" ? statement.pad.source : statement.node);
  return {
    kind: kindOf(statement),
    formula: formulaOf(classified, statement),
    over: statement.axes.map(axisText),
    kept: place?.strides.map(({ axis }) => axisText(axis)),
    ...(statement.tag === "product" ? { product: productOf(done, enclosing, statement) } : {}),
    hoisted: hoistedOf(done, enclosing, statement),
    work: workOf(classified, statement, extentOf(program.lengths)),
  };
};

const kindOf = (statement: Statement): StepKind => {
  switch (statement.tag) {
    case "point":
      return "map";
    case "reduction":
      return statement.fn === "sum" ? "sum" : "maximum";
    case "lookup":
    case "scatter":
    case "product":
    case "concat":
    case "boundary":
    case "result":
      return statement.tag;
  }
};
